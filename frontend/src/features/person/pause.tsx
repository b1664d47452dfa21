import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getEnrolment, type EnrolmentSteps } from '../../api/placing';
import type { Person } from '../../api/person';
import { postPause, postResumption } from '../../api/standing';
import { dayWords, today, type Day } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import type { Answer } from '../../lib/result';
import { useAnswer } from '../../lib/use-answer';
import { usePerson } from '../../store/person';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { DateInput } from '../../ui/date-input';
import { errorAt } from '../../ui/error-summary';
import { Section } from '../../ui/page';
import { RecordPage } from '../../ui/record-page';
import { Row, Rows } from '../../ui/rows';
import { Note } from '../../ui/texts';
import { earliestPause, pausesOf, type Pause } from './pauses';

const REASONS = ['health', 'caring', 'housing', 'away', 'person-asked', 'other'] as const;

/** Somebody cannot take part for a while, or goes on: why, and from which day. */
export default function PausePage() {
  const { id = '' } = useRoute().params;
  const { person, failure } = usePerson(id);
  const enrolment = useAnswer(id, () => getEnrolment(id));
  if (!person || !enrolment.data) {
    return (
      <RecordPage title={t('person.pause')} person={person} failure={failure}>
        <AskedFor asked={enrolment}>{() => null}</AskedFor>
      </RecordPage>
    );
  }
  const found = enrolment.data;
  const [last] = pausesOf(found);
  if (found.state === 'started') return <PauseForm key="pause" person={person} enrolment={found} />;
  if (found.state === 'paused' && last) return <ResumeForm key="resume" person={person} enrolment={found} since={last} />;
  return (
    <RecordPage title={t('person.pause')} person={person}>
      <p>{t('person.pause-not-now', { name: person.short_name })}</p>
      <Pauses enrolment={found} />
    </RecordPage>
  );
}

interface FormProps {
  person: Person;
  enrolment: EnrolmentSteps;
}

function PauseForm({ person, enrolment }: FormProps) {
  const [reason, setReason] = useState('');
  const [day, setDay] = useState<Day | ''>(today());
  const { errors, busy, send } = useStep(person);
  const submit = (event: Event) => {
    event.preventDefault();
    const missing: FormError[] = [
      ...(reason ? [] : [{ field: 'reason', message: t('person.pause-reason-missing') }]),
      ...(day ? [] : [{ field: 'paused_on', message: t('person.day-missing') }]),
    ];
    void send(missing, () => postPause(person.enrolment_id, reason, day), t('person.paused-now', { name: person.short_name }));
  };
  return (
    <RecordPage
      title={t('person.pause-title', { name: person.short_name })}
      lead={t('person.pause-lead')}
      person={person}
      errors={errors}
      primary={<Button big grow type="submit" form="pause" busy={busy}>{t('person.pause-act')}</Button>}
    >
      <form id="pause" noValidate onSubmit={submit}>
        <Radios
          name="reason" label={t('person.pause-reason')} hint={t('person.pause-reason-hint')} value={reason} onInput={setReason}
          options={REASONS.map(value => ({ value, label: t(`person.pause-${value}`) }))} error={errorAt(errors, 'reason')}
        />
        <DateInput
          name="paused_on" label={t('person.paused-on')} value={day} onInput={setDay} min={earliestPause(enrolment)}
          error={errorAt(errors, 'paused_on')}
        />
        <Note>{t('person.pause-then')}</Note>
      </form>
      <Pauses enrolment={enrolment} />
    </RecordPage>
  );
}

function ResumeForm({ person, enrolment, since }: FormProps & { since: Pause }) {
  const [day, setDay] = useState<Day | ''>(today());
  const { errors, busy, send } = useStep(person);
  const submit = (event: Event) => {
    event.preventDefault();
    const missing: FormError[] = day ? [] : [{ field: 'resumed_on', message: t('person.day-missing') }];
    void send(missing, () => postResumption(person.enrolment_id, day), t('person.resumed-now', { name: person.short_name }));
  };
  return (
    <RecordPage
      title={t('person.resume-title', { name: person.short_name })}
      lead={t('person.resume-lead', { day: dayWords(since.from) })}
      person={person}
      errors={errors}
      primary={<Button big grow type="submit" form="resume" busy={busy}>{t('person.resume-act')}</Button>}
    >
      <form id="resume" noValidate onSubmit={submit}>
        <DateInput
          name="resumed_on" label={t('person.resumed-on')} value={day} onInput={setDay} min={since.from}
          error={errorAt(errors, 'resumed_on')}
        />
      </form>
      <Pauses enrolment={enrolment} />
    </RecordPage>
  );
}

/** The pauses so far, newest first. */
function Pauses({ enrolment }: { enrolment: EnrolmentSteps }) {
  const pauses = pausesOf(enrolment);
  if (pauses.length === 0) return null;
  return (
    <Section title={t('person.pauses')} says={t('person.newest-first')} count={pauses.length}>
      <Rows label={t('person.pauses')}>
        {pauses.map(pause => (
          <Row
            key={pause.from}
            title={pause.until
              ? t('person.pause-from-to', { from: dayWords(pause.from), to: dayWords(pause.until) })
              : t('person.pause-since', { from: dayWords(pause.from) })}
          >
            {pause.reason && <p>{phraseFor('person', `pause-${pause.reason}`) ?? pause.reason}</p>}
          </Row>
        ))}
      </Rows>
    </Section>
  );
}

/** Send a step once its fields are filled, then go back to the person and say what became of it. */
function useStep(person: Person) {
  const { route } = useLocation();
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const send = async (missing: FormError[], ask: () => Promise<Answer<unknown>>, done: string) => {
    setErrors(missing);
    if (missing.length > 0) return;
    setBusy(true);
    const answer = await ask();
    setBusy(false);
    setErrors(formErrors(answer));
    if (answer.kind !== 'ok') return;
    route(`/people/${person.enrolment_id}`);
    announce(done);
  };
  return { errors, busy, send };
}

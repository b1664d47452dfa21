import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { postAcceptance } from '../../api/enrolments';
import type { Person } from '../../api/person';
import { getEnrolment } from '../../api/placing';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { usePerson } from '../../store/person';
import { currentSession, holdsRole } from '../../store/session';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { firstKeyWorker, KeyWorkerChoice } from '../../ui/key-worker-choice';
import { RecordPage } from '../../ui/record-page';
import { GiveNotice } from './give-notice';
import { StartForm } from './start-form';

/** From referred to started: accept, give notice together, then start with an action plan. */
export default function Start() {
  const { params } = useRoute();
  const { person, failure, refresh } = usePerson(params['id'] ?? '');
  if (!person) return <RecordPage title={t('start.title')} person={null} failure={failure} />;
  if (person.state === 'referred') return <Accept person={person} onAccepted={() => void refresh()} />;
  if (person.state === 'accepted' && !person.notice_given_on) return <GiveNotice person={person} onGiven={() => void refresh()} />;
  return <StartForm />;
}

function Accept({ person, onAccepted }: { person: Person; onAccepted: () => void }) {
  const enrolment = useAnswer(person.enrolment_id, () => getEnrolment(person.enrolment_id));
  const own = currentSession().user.id;
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FormError[]>([]);
  const workers = enrolment.data?.workers ?? [];
  const worker = chosen ?? firstKeyWorker(workers, own);
  const accept = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const answer = await postAcceptance(person.enrolment_id, worker || null);
    setBusy(false);
    setErrors(formErrors(answer));
    if (answer.kind === 'ok') onAccepted();
  };
  return (
    <RecordPage
      title={t('start.accept-title', { name: person.short_name })}
      lead={t('start.accept-lead')}
      person={person}
      errors={errors}
      primary={enrolment.data && <Button big grow type="submit" form="accept" busy={busy}>{t('start.accept')}</Button>}
    >
      <AskedFor asked={enrolment}>
        {() => (
          <form id="accept" noValidate onSubmit={event => void accept(event)}>
            <KeyWorkerChoice workers={workers} own={own} mayNameOthers={holdsRole('manager')} value={worker} onInput={setChosen} />
          </form>
        )}
      </AskedFor>
    </RecordPage>
  );
}

import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { Instrument } from '../../api/library';
import type { Person, Sitting } from '../../api/person';
import { addDays, dayReached, dayWords } from '../../lib/dates';
import { language, t } from '../../lib/i18n';
import { useInstruments } from '../../store/library';
import { usePerson } from '../../store/person';
import { currentSession } from '../../store/session';
import { useDraft, writeRecord } from '../../sync/recording';
import { Button } from '../../ui/button';
import { RecordPage } from '../../ui/record-page';
import { Cover } from './frame';
import { readIn } from './rendering';
import { APART_DAYS, assessmentBody, newSitting, type SittingDraft, type SittingKind } from './sitting';
import { Turn } from './turn';

/** A colleague rates in place of a person who chose not to: alone, and without any other answer in sight. */
export default function SecondRater() {
  const { params } = useRoute();
  const { person, failure } = usePerson(params['id'] ?? '');
  const library = useInstruments();
  const sitting = person?.sittings.find(one => one.sitting_id === params['sittingId']);
  const instrument = library.items?.find(({ id }) => id === sitting?.instrument_id);
  if (person && sitting && instrument && !refusalOf(person, sitting)) {
    return <Rated person={person} sitting={sitting} instrument={instrument} />;
  }
  const refusal = person && (sitting ? refusalOf(person, sitting) : t('rate.second-rater-over', { name: person.first_name }));
  return (
    <RecordPage title={t('rate.second-rater')} person={refusal ? person : null} failure={failure ?? library.failure}>
      {refusal && <p>{refusal}</p>}
    </RecordPage>
  );
}

/** Why somebody cannot stand in, in words; the server says the rest: who gave support is refused there. */
function refusalOf(person: Person, sitting: Sitting): string | null {
  const name = person.first_name;
  if (person.relation === 'worker') return t('rate.second-rater-not-you', { name });
  const isLate = dayReached() > addDays(sitting.occurred_on, APART_DAYS);
  return isLate || sitting.is_crisis || sitting.raters.includes('second-rater') ? t('rate.second-rater-over', { name }) : null;
}

function Rated({ person, sitting, instrument }: { person: Person; sitting: Sitting; instrument: Instrument }) {
  const { route } = useLocation();
  const me = currentSession().user.short_name.replace(/ \S\.$/, '');
  const name = person.first_name;
  const empty: SittingDraft = {
    ...newSitting(sitting.sitting_id), kind: sitting.kind as SittingKind, instrument_id: instrument.id, occurred_on: sitting.occurred_on,
  };
  const draft = useDraft<SittingDraft>(`second-rater:${person.enrolment_id}:${sitting.sitting_id}`, empty);
  const [stage, setStage] = useState<'before' | 'rating' | 'done'>('before');
  const read = readIn(instrument, language.value);
  const ladders = read.ladders.filter(ladder => ladder.worker_question);
  const leave = () => route(`/people/${person.enrolment_id}`);
  const finish = async () => {
    const words = t('rate.words', { name: person.short_name, kind: t(`rate.kind-${draft.value.kind as SittingKind}`).toLowerCase(), rater: me });
    await writeRecord({
      action: 'assessment', enrolmentId: person.enrolment_id, words, body: assessmentBody(draft.value, 'second-rater', { ...read, ladders }),
    });
    await draft.drop();
    setStage('done');
  };
  if (stage === 'rating') {
    return (
      <Turn
        rater="second-rater"
        ladders={ladders}
        draft={draft.value}
        name={name}
        worker={me}
        onChange={draft.set}
        onFinish={() => void finish()}
        onStop={() => setStage('before')}
      />
    );
  }
  if (stage === 'done') {
    return (
      <Cover turn={t('rate.turn-worker', { worker: me })} title={t('rate.second-rater-done')} acts={<Button big onClick={leave}>{t('rate.close')}</Button>}>
        <p class="lead">{t('rate.second-rater-kept', { name })}</p>
      </Cover>
    );
  }
  return (
    <Cover
      turn={t('rate.turn-worker', { worker: me })}
      title={t('rate.second-rater-title', { name })}
      acts={
        <>
          <Button big onClick={() => setStage('rating')}>{t('rate.my-turn', { worker: me })}</Button>
          <Button second big onClick={leave}>{t('rate.later')}</Button>
        </>
      }
    >
      <p class="lead">{t('rate.second-rater-lead', { name, day: dayWords(addDays(sitting.occurred_on, APART_DAYS)) })}</p>
      <p>{t('rate.second-rater-who', { name })}</p>
    </Cover>
  );
}

import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Instrument } from '../../api/library';
import type { Person, Sitting } from '../../api/person';
import { dayWords, today } from '../../lib/dates';
import { language, lendLanguage, ownLanguage, prepareLanguage, spokenTo, t, tIn, type Language } from '../../lib/i18n';
import { useInstruments } from '../../store/library';
import { readPerson, usePerson } from '../../store/person';
import { currentSession } from '../../store/session';
import { unsentCount } from '../../sync/outbox';
import { useDraft, writeRecord, type Draft } from '../../sync/recording';
import { Button, QuietButton } from '../../ui/button';
import { RecordPage } from '../../ui/record-page';
import { Comparison } from './comparison';
import { Cover } from './frame';
import { Opening } from './opening';
import { readIn } from './rendering';
import {
  assessmentBody, beginning, beginTurn, instrumentFor, lastDay, likelyKind, newSitting, nothingSaid, seal, takenUp,
  type Rater, type SittingDraft, type SittingKind,
} from './sitting';
import { Turn } from './turn';

/** Rate together: the person first and sealed, then the worker; both answers are seen only when both are in. */
export default function Rate() {
  const { params } = useRoute();
  const enrolmentId = params['id'] ?? '';
  const { person, failure } = usePerson(enrolmentId);
  const library = useInstruments();
  const instrument = library.items && instrumentFor(library.items);
  const draft = useDraft<SittingDraft>(`rate:${enrolmentId}`, newSitting(params['sittingId']));
  useEffect(() => {
    const taken = person && draft.ready && takenUp(draft.value, person.sittings);
    if (taken) draft.set(taken);
  }, [person, draft.ready]);
  if (!person || !instrument || !draft.ready) {
    const reason = failure ?? library.failure ?? (library.items && !instrument ? t('rate.no-ladders') : null);
    return <RecordPage title={t('rate.together')} person={null} failure={reason} />;
  }
  return <Sat person={person} instrument={instrument} draft={draft} />;
}

function Sat({ person, instrument, draft }: { person: Person; instrument: Instrument; draft: Draft<SittingDraft> }) {
  const { route } = useLocation();
  const { value, set } = draft;
  const name = person.first_name;
  const worker = currentSession().user.short_name.replace(/ \S\.$/, '');
  // What was kept from before the app was closed is covered until the right person holds the tablet again.
  const [inHand, setInHand] = useState(false);
  const kind = (value.kind || likelyKind(person)) as SittingKind;
  const read = readIn(instrument, language.value);
  const laddersOf = (rater: Rater) => (rater === 'worker' ? read.ladders.filter(ladder => ladder.worker_question) : read.ladders);
  const spoken = spokenTo(person.language);
  useSpoken(spoken, value.stage === 'participant' && inHand);

  const begin = (rater: Rater) => {
    set({ ...beginTurn(rater), kind, instrument_id: instrument.id });
    setInHand(true);
  };
  const finish = async (rater: Rater, answers: Partial<SittingDraft> = {}) => {
    const given = { ...value, kind, instrument_id: instrument.id, ...answers };
    const ladders = laddersOf(rater);
    const mine = ownLanguage(); // the list of what waits is the worker's, whoever read this
    const words = tIn(mine, 'rate.words', { name: person.short_name, kind: tIn(mine, `rate.kind-${kind}`).toLowerCase(), rater: rater === 'worker' ? worker : name });
    await writeRecord({ action: 'assessment', enrolmentId: person.enrolment_id, words, body: assessmentBody(given, rater, { language: read.language, ladders }) });
    setInHand(false);
    set({ kind, instrument_id: instrument.id, ...seal(given, rater, { ...nothingSaid(ladders), ...given.scores }) });
  };
  const leave = () => {
    setInHand(false);
    route(`/people/${person.enrolment_id}`);
  };

  if (value.stage === 'opening') {
    return (
      <Opening
        enrolmentId={person.enrolment_id}
        name={name}
        person={person.short_name}
        total={instrument.ladders.length}
        kind={kind}
        onKind={chosen => set({ kind: chosen })}
        onBegin={() => begin('participant')}
        onChoseNot={() => void finish('participant', { scores: nothingSaid(instrument.ladders) })}
      />
    );
  }
  if (value.stage === 'together') {
    return <Together person={person} name={name} worker={worker} instrument={instrument} draft={draft} />;
  }
  if (value.stage === 'handed-back') {
    return <HandedBack spoken={spoken} name={name} worker={worker} value={value} onRate={() => begin('worker')} onLater={leave} onAnew={() => set(newSitting())} />;
  }
  const rater = value.stage;
  if (!inHand) {
    return <Paused spoken={spoken} rater={rater} name={name} worker={worker} value={value} total={laddersOf(rater).length} onGoOn={() => setInHand(true)} onLeave={leave} />;
  }
  return (
    <Turn
      rater={rater}
      ladders={laddersOf(rater)}
      draft={value}
      name={name}
      worker={worker}
      onChange={set}
      onFinish={() => void finish(rater)}
      onStop={() => setInHand(false)}
    />
  );
}

/** The page speaks the person's language while they hold the tablet, and the worker's own again afterwards. */
function useSpoken(spoken: Language, inTurn: boolean): void {
  useEffect(() => void prepareLanguage(spoken).catch(() => undefined), [spoken]);
  useLayoutEffect(() => (inTurn ? lendLanguage(spoken) : undefined), [inTurn, spoken]);
}

interface HandedBackProps {
  /** What the person reads: the line that thanks them speaks it. */
  spoken: Language;
  name: string;
  worker: string;
  value: SittingDraft;
  onRate: () => void;
  onLater: () => void;
  onAnew: () => void;
}

function HandedBack({ spoken, name, worker, value, onRate, onLater, onAnew }: HandedBackProps) {
  const last = lastDay(value);
  if (today() > last) {
    return (
      <Cover
        turn={t('rate.turn-worker', { worker })}
        title={t('rate.too-late-title')}
        acts={<><Button big onClick={onAnew}>{t('rate.anew')}</Button><Button second big onClick={onLater}>{t('rate.close')}</Button></>}
      >
        <p class="lead">{t('rate.too-late', { name, day: dayWords(last) })}</p>
      </Cover>
    );
  }
  return (
    <Cover
      turn={t('rate.turn-worker', { worker })}
      title={tIn(spoken, 'rate.thank-you')}
      titleLang={spoken}
      acts={<><Button big onClick={onRate}>{t('rate.my-turn', { worker })}</Button><Button second big onClick={onLater}>{t('rate.later')}</Button></>}
    >
      <p class="lead">{t('rate.hand-back')}</p>
      <p>{t('rate.sealed', { name, day: dayWords(last) })}</p>
    </Cover>
  );
}

interface PausedProps {
  spoken: Language;
  rater: Rater;
  name: string;
  worker: string;
  value: SittingDraft;
  total: number;
  onGoOn: () => void;
  onLeave: () => void;
}

function Paused({ spoken, rater, name, worker, value, total, onGoOn, onLeave }: PausedProps) {
  const own = rater === 'participant';
  return (
    <Cover
      turn={own ? t('rate.turn', { name }) : t('rate.turn-worker', { worker })}
      title={own ? tIn(spoken, 'rate.paused-title') : t('rate.paused-title-worker')}
      titleLang={own ? spoken : undefined}
      acts={<Button big onClick={onGoOn}>{own ? t('rate.go-on', { name }) : t('rate.go-on-worker')}</Button>}
      foot={<QuietButton onClick={onLeave}>{t('rate.leave')}</QuietButton>}
    >
      <p class="lead">{t('rate.paused', { place: Math.min(value.page + 1, total), total })}</p>
    </Cover>
  );
}

interface TogetherProps {
  person: Person;
  name: string;
  worker: string;
  instrument: Instrument;
  draft: Draft<SittingDraft>;
}

/** Both are in: only now are the earlier answers asked for. */
function Together({ person, name, worker, instrument, draft }: TogetherProps) {
  const { route } = useLocation();
  const { value } = draft;
  const [sittings, setSittings] = useState<readonly Sitting[]>(person.sittings);
  const waits = unsentCount.value;
  useEffect(() => {
    void readPerson(person.enrolment_id).then(fresh => fresh.person && setSittings(fresh.person.sittings));
  }, [person.enrolment_id, waits]);
  const leave = async (where: string) => {
    await draft.drop();
    route(`/people/${person.enrolment_id}${where}`);
  };
  const received = sittings.find(sitting => sitting.sitting_id === value.sitting_id)?.scores;
  const own = value.sealed.participant ?? received?.['participant'];
  if (!own) {
    return (
      <Cover
        turn={t('rate.together')}
        title={t('rate.both-in')}
        acts={<Button big onClick={() => void leave('')}>{t('rate.close')}</Button>}
      >
        <p class="lead">{t('rate.elsewhere', { name })}</p>
      </Cover>
    );
  }
  return (
    <Comparison
      name={name}
      worker={worker}
      ladders={readIn(instrument, language.value).ladders}
      now={{ participant: own, worker: value.sealed.worker ?? {} }}
      began={beginning(sittings, value.sitting_id)}
      onAgree={() => void leave('/plan')}
      onPicture={() => void leave('/picture')}
      onFinish={() => void leave('')}
    />
  );
}

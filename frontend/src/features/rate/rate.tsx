import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Instrument } from '../../api/library';
import type { Person, Sitting } from '../../api/person';
import { language, lendLanguage, ownLanguage, prepareLanguage, spokenTo, t, tIn, type Language } from '../../lib/i18n';
import { useInstruments } from '../../store/library';
import { readPerson, usePerson } from '../../store/person';
import { currentSession } from '../../store/session';
import { localRecords, unsentCount } from '../../sync/outbox';
import { useDraft, writeRecord, type Draft } from '../../sync/recording';
import { Button } from '../../ui/button';
import { RecordPage } from '../../ui/record-page';
import { Comparison } from './comparison';
import { HandedBack, LetBe, Paused } from './covers';
import { Cover } from './frame';
import { proposed, withHere } from './occasion';
import { Opening } from './opening';
import { readIn } from './rendering';
import {
  assessmentBody, beginning, beginTurn, crisisBody, instrumentFor, isHidden, newSitting, nothingSaid, seal, takenUp,
  type Rater, type SittingDraft, type SittingKind,
} from './sitting';
import { Turn } from './turn';

const draftKey = (enrolmentId: string) => `rate:${enrolmentId}`;

/** Rate together: the person first and sealed, then the worker; both answers are seen only when both are in. */
export default function Rate() {
  const { params } = useRoute();
  const enrolmentId = params['id'] ?? '';
  const { person, failure } = usePerson(enrolmentId);
  const library = useInstruments();
  const instrument = library.items && instrumentFor(library.items);
  const draft = useDraft<SittingDraft>(draftKey(enrolmentId), newSitting(params['sittingId']));
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
  const [isLetBe, setLetBe] = useState(false);
  const known = { ...person, sittings: withHere(person.sittings, person.enrolment_id, localRecords.value) };
  // Where people stand by their references alone, nothing here tells which occasion it is: the worker says it.
  const kind: SittingKind | '' = value.kind || (person.is_bare ? '' : proposed(known).kind);
  const read = readIn(instrument, language.value);
  const laddersOf = (rater: Rater) => (rater === 'worker' ? read.ladders.filter(ladder => ladder.worker_question) : read.ladders);
  const spoken = spokenTo(person.language);
  useSpoken(spoken, value.stage === 'participant' && inHand);

  const begin = (rater: Rater) => {
    set({ ...beginTurn(rater), kind, instrument_id: instrument.id });
    setInHand(true);
  };
  const write = (rater: string, body: Record<string, unknown>, next?: SittingDraft) => {
    const mine = ownLanguage(); // the list of what waits is the worker's, whoever read this
    const occasion = tIn(mine, `rate.kind-${body['sitting_kind'] as SittingKind}`).toLowerCase();
    const words = tIn(mine, 'rate.words', { name: person.short_name, kind: occasion, rater });
    return writeRecord({ action: 'assessment', enrolmentId: person.enrolment_id, words, body }, next && { key: draftKey(person.enrolment_id), value: next });
  };
  const isFinishing = useRef(false); // two touches on a slow tablet are one answer
  const finish = async (rater: Rater, answers: Partial<SittingDraft> = {}) => {
    if (isFinishing.current) return;
    isFinishing.current = true;
    try {
      await finishOnce(rater, answers);
    } finally {
      isFinishing.current = false;
    }
  };
  const finishOnce = async (rater: Rater, answers: Partial<SittingDraft>) => {
    const given = { ...value, kind, instrument_id: instrument.id, ...answers };
    const ladders = laddersOf(rater);
    const next = { ...given, ...seal(given, rater, { ...nothingSaid(ladders), ...given.scores }) };
    await write(rater === 'worker' ? worker : name, assessmentBody(given, rater, { language: read.language, ladders }), next);
    setInHand(false);
    set(next);
  };
  const letBe = async () => {
    await write(worker, crisisBody({ ...value, kind, instrument_id: instrument.id }));
    setInHand(false);
    setLetBe(true);
    await draft.drop();
  };
  const leave = () => {
    setInHand(false);
    route(`/people/${person.enrolment_id}`);
  };

  if (isLetBe) return <LetBe name={name} onClose={leave} />;
  if (value.stage === 'opening') {
    return (
      <Opening
        person={known}
        total={instrument.ladders.length}
        kind={kind}
        help={value.help}
        onKind={chosen => set({ kind: chosen })}
        onHelp={help => set({ help })}
        onBegin={() => begin('participant')}
        onChoseNot={() => void finish('participant', { scores: nothingSaid(instrument.ladders), help: 'none' })}
        onCrisis={() => void letBe()}
      />
    );
  }
  if (value.stage === 'together') {
    return <Together person={person} name={name} worker={worker} instrument={instrument} draft={draft} />;
  }
  if (value.stage === 'handed-back') {
    return <HandedBack spoken={spoken} name={name} worker={worker} value={value} onRate={() => begin('worker')} onLater={leave} onAnew={() => set(newSitting())} onCrisis={() => void letBe()} />;
  }
  const rater = value.stage;
  if (!inHand) {
    return <Paused spoken={spoken} rater={rater} name={name} worker={worker} value={value} total={laddersOf(rater).length} onGoOn={() => setInHand(true)} onLeave={leave} onCrisis={() => void letBe()} />;
  }
  return (
    <Turn
      rater={rater}
      ladders={laddersOf(rater)}
      takesFocus={rater === 'participant' && kind === 'baseline' && person.rating?.takes_focus === true}
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
  const told = received?.['participant'];
  const own = value.sealed.participant ?? (told && Object.keys(told).length > 0 ? told : null);
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
      said={value.said ?? {}}
      began={beginning(sittings, value.sitting_id)}
      isHidden={isHidden(sittings, value.sitting_id) || (person.is_bare === true && value.kind !== 'baseline')}
      onAgree={() => void leave('/plan')}
      onPicture={() => void leave('/picture')}
      onFinish={() => void leave('')}
    />
  );
}

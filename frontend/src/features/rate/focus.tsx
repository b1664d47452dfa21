import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { Instrument } from '../../api/library';
import type { Person } from '../../api/person';
import { language, t } from '../../lib/i18n';
import { useInstruments } from '../../store/library';
import { usePerson } from '../../store/person';
import { localRecords } from '../../sync/outbox';
import { writeRecord } from '../../sync/recording';
import { RecordPage } from '../../ui/record-page';
import { FocusPage } from './focus-page';
import { focusOf, namedHere, renamedBody, type Focus } from './focus-of';
import { readIn } from './rendering';
import { toNameAmong } from './sitting';

/** Name the three ladders that matter most, or change them: until the second baseline begins. */
export default function FocusScreen() {
  const { params } = useRoute();
  const { person, failure } = usePerson(params['id'] ?? '');
  const library = useInstruments();
  const known = person && focusOf(person);
  const focus = known && namedHere(known, localRecords.value);
  const instrument = focus && library.items?.find(({ id }) => id === focus.instrumentId);
  if (person && focus && instrument) return <Renaming person={person} focus={focus} instrument={instrument} />;
  return (
    <RecordPage title={t('rate.focus-title')} person={focus || !person ? null : person} failure={failure ?? library.failure}>
      {person && !focus && <p>{t('rate.focus-over', { name: person.first_name })}</p>}
    </RecordPage>
  );
}

function Renaming({ person, focus, instrument }: { person: Person; focus: Focus; instrument: Instrument }) {
  const { route } = useLocation();
  const [chosen, setChosen] = useState<readonly string[]>(focus.named);
  const leave = () => route(`/people/${person.enrolment_id}/rate`);
  const save = async () => {
    const isChanged = [...chosen].sort().join() !== [...focus.named].sort().join();
    if (isChanged) {
      await writeRecord({
        action: 'assessment',
        enrolmentId: person.enrolment_id,
        words: t('rate.focus-words', { name: person.short_name }),
        body: renamedBody(focus, chosen),
        corrects: focus.answered.record_id,
        reason: t('rate.focus-reason', { name: person.first_name }),
      });
    }
    leave();
  };
  return (
    <FocusPage
      turn={t('rate.together')}
      ladders={toNameAmong(readIn(instrument, language.value).ladders, focus.answered.scores)}
      chosen={chosen}
      nextWords={t('rate.focus-save')}
      onChoose={setChosen}
      onNext={() => void save()}
      onBack={leave}
    />
  );
}

import { useState } from 'preact/hooks';
import { getSignalRecords, type Signal, type SignalRecord } from '../../api/signals';
import { dayWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { QuietButton } from '../../ui/button';

/** The records that a signal was seen in, fetched when somebody wants them: that they were read is noted. */
export function SeenIn({ signal, what }: { signal: Signal; what: string }) {
  const [records, setRecords] = useState<readonly SignalRecord[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const show = async () => {
    const answer = await getSignalRecords(signal.id);
    setFailure(failureWords(answer));
    if (answer.kind === 'ok') setRecords(answer.data.items);
  };
  if (records === null) {
    return (
      <>
        <p><QuietButton label={t('signals.act-of', { act: t('signals.records'), what })} onClick={() => void show()}>{t('signals.records')}</QuietButton></p>
        {failure && <p role="alert">{failure}</p>}
      </>
    );
  }
  if (records.length === 0) return <p class="soft">{t('signals.no-records')}</p>;
  return (
    <ul aria-label={t('signals.records')}>
      {records.map(one => (
        <li key={one.record_id}>
          <a href={`/people/${one.enrolment_id}`}>{one.person}</a>: {phraseFor('journey', `kind-${one.kind}`) ?? one.kind}, {dayWords(one.occurred_on)}
        </li>
      ))}
    </ul>
  );
}

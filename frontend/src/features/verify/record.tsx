import type { QueuedRecord } from '../../api/verification';
import { dayWords, momentWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { Icon } from '../../ui/icon';
import { SummaryList } from '../../ui/summary-list';
import { Note } from '../../ui/texts';
import { EvidenceFiles } from './evidence';
import { factsOf, receivedAfter, recordedAfter, shows } from './words';

/** When it happened, was written down, and came in. */
export function Times({ record }: { record: QueuedRecord }) {
  return (
    <dl class="times">
      <div><dt>{t('verify.happened')}</dt><dd>{dayWords(record.occurred_on)}</dd></div>
      <div><dt>{t('verify.recorded')}</dt><dd>{momentWords(record.recorded_at)}<span>{recordedAfter(record)}</span></dd></div>
      <div><dt>{t('verify.received')}</dt><dd>{momentWords(record.received_at)}<span>{receivedAfter(record)}</span></dd></div>
    </dl>
  );
}

/** What a record says, the files that show it, and what else speaks for it. */
export function RecordBody({ record, showsJourney }: { record: QueuedRecord; showsJourney: boolean }) {
  const facts = factsOf(record);
  const hasFiles = record.evidence.some(item => item.has_file);
  return (
    <div class={hasFiles ? 'proofs' : 'proofs proofs--words'}>
      {hasFiles && <div><EvidenceFiles evidence={record.evidence} /></div>}
      <div>
        {facts.length > 0 && <><h3>{t('verify.said')}</h3><SummaryList rows={facts} /></>}
        <h3>{t('verify.what-shows')}</h3>
        <ul class="ticks">
          {shows(record).map(one => (
            <li key={one.title + one.words} class={one.isOpen ? 'is-late' : undefined}>
              <Icon name={one.isOpen ? 'alert' : 'tick'} />
              <div>{one.title}</div>
              <p>{one.words}</p>
            </li>
          ))}
        </ul>
        {!record.own && <Note>{t('verify.check', { name: record.author })}</Note>}
        {showsJourney && <p><a class="quiet" href={`/people/${record.enrolment_id}`}>{t('verify.journey')}</a></p>}
      </div>
    </div>
  );
}

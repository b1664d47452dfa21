import { dayOf, timeWords, today } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { problemWords } from '../../lib/problems';
import type { LocalRecord } from '../../sync/outbox';
import { QuietLink } from '../../ui/links';
import { Section } from '../../ui/page';
import { RecordedList } from '../../ui/recorded';

export interface RecordedTodayProps {
  records: readonly LocalRecord[];
  correctHref: (record: LocalRecord) => string;
}

/** What was recorded on this device today, newest first, each with its state and the way to correct it. */
export function RecordedToday({ records, correctHref }: RecordedTodayProps) {
  const now = today();
  const rows = records.filter(record => dayOf(record.recorded_at) === now);
  if (rows.length === 0) return null;
  return (
    <Section title={t('milestone.recorded')} says={t('milestone.newest', { count: rows.length })}>
      <RecordedList
        rows={rows.map(record => ({
          id: record.id,
          state: record.state,
          words: record.about.words,
          note: noteOf(record),
          act: record.action === 'milestone' && (
            <QuietLink href={correctHref(record)}>{t('ui.correct')}<span class="hidden">: {record.about.words}</span></QuietLink>
          ),
        }))}
      />
    </Section>
  );
}

function noteOf(record: LocalRecord): string {
  if (record.refusal) return problemWords(record.refusal);
  const recorded = timeWords(record.recorded_at);
  return record.received_at
    ? t('milestone.received-at', { recorded, received: timeWords(record.received_at) })
    : t('milestone.here-at', { recorded });
}

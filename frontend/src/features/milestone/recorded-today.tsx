import { dayOf, today } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { LocalRecord } from '../../sync/outbox';
import { Section } from '../../ui/page';
import { RecordedHere } from '../../ui/recorded-here';

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
      <RecordedHere records={rows} correctHref={record => (record.action === 'milestone' ? correctHref(record) : null)} />
    </Section>
  );
}

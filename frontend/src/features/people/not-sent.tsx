import { t } from '../../lib/i18n';
import { localRecords } from '../../sync/outbox';
import { correctHrefOf } from '../../sync/record-form';
import { Section } from '../../ui/page';
import { RecordedHere } from '../../ui/recorded-here';

/** What was recorded about this person on this device and is not in their timeline yet. */
export function NotSent({ enrolmentId }: { enrolmentId: string }) {
  const records = localRecords.value.filter(record => record.about.enrolment_id === enrolmentId && record.state !== 'received');
  if (records.length === 0) return null;
  return (
    <Section title={t('journey.not-sent')} says={t('journey.not-sent-says', { count: records.length })}>
      <RecordedHere records={records} correctHref={correctHrefOf} />
    </Section>
  );
}

import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { localRecords } from '../../sync/outbox';
import { correctHrefOf } from '../../sync/record-form';
import { QuietButton } from '../../ui/button';
import { Section } from '../../ui/page';
import { RecordedHere } from '../../ui/recorded-here';

/** Enough to find what was done in the last hours. */
const FIRST = 10;

/** Everything that waits on this tablet and the last that was received, each with its state. */
export function RecordedSection() {
  const [all, setAll] = useState(false);
  const records = localRecords.value;
  if (records.length === 0) return null;
  const rest = records.length - FIRST;
  return (
    <Section title={t('tablet.recorded')} says={t('tablet.recorded-says', { count: records.length })}>
      <RecordedHere records={all ? records : records.slice(0, FIRST)} correctHref={correctHrefOf} />
      {!all && rest > 0 && <QuietButton onClick={() => setAll(true)}>{t('tablet.recorded-rest', { count: rest })}</QuietButton>}
    </Section>
  );
}

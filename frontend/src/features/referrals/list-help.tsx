import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { Details } from '../../ui/details';
import { SummaryList } from '../../ui/summary-list';

const COLUMNS = [
  'reference', 'given_name', 'family_name', 'birth_date', 'nino', 'postcode', 'phone', 'language', 'access_needs',
  'payment_group', 'provider', 'referred_on',
] as const;
/** Invented people; the mark at the front makes spreadsheets read accents rightly. */
const SAMPLE = [
  COLUMNS.join(','),
  'R-1001,Dean,Marlow,1988-04-03,,LS1 4AP,07700 900123,English,Large print,,,2026-11-16',
  'R-1002,Aisha,Rahman,12/09/1995,,,07700 900456,English,,,,16/11/2026',
].join('\r\n');

/** Which columns a list has, and a sample to fill in. */
export function ListHelp() {
  const [sample, setSample] = useState('');
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([`\uFEFF${SAMPLE}\r\n`], { type: 'text/csv' }));
    setSample(url);
    return () => URL.revokeObjectURL(url);
  }, []);
  return (
    <div class="list-help">
      <p><a href={sample} download="waymark-referrals.csv">{t('referrals.sample')}</a></p>
      <Details summary={t('referrals.columns')}>
        <SummaryList rows={COLUMNS.map(column => ({ key: column, value: t(`referrals.column-${column}`) }))} />
      </Details>
    </div>
  );
}

import type { BoardSummary } from '../../api/claims';
import { monthWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { Section } from '../../ui/page';
import { Table } from '../../ui/table';

/** What each month can bring of what is claimable or begun; last what has no date yet. */
export function Expected({ months }: { months: BoardSummary['expected'] }) {
  if (months.length === 0) return null;
  return (
    <Section title={t('claims.expected')} says={t('claims.expected-says')}>
      <Table
        caption={t('claims.expected')} hideCaption
        rows={months}
        keyOf={row => row.month ?? 'later'}
        columns={[
          { label: t('claims.month'), cell: row => (row.month ? monthWords(row.month) : t('claims.expected-later')) },
          { label: t('claims.lines-in-month'), cell: row => row.sum.count, numeric: true },
          { label: t('claims.total'), cell: row => moneyWords(row.sum.amount_pence), numeric: true },
          { label: t('claims.share'), cell: row => moneyWords(row.sum.provider_share_pence), numeric: true },
        ]}
      />
    </Section>
  );
}

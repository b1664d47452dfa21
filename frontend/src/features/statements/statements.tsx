import { useLocation } from 'preact-iso';
import { getContracts, type Contract } from '../../api/settings';
import { getStatements, type StatementRow } from '../../api/statements';
import { monthWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { usePages } from '../../lib/use-pages';
import { pageKeeper } from '../../store/page-keeper';
import { useKept } from '../../store/use-kept';
import { EmptyState } from '../../ui/empty-state';
import { Select } from '../../ui/inputs';
import { ListState } from '../../ui/list-state';
import { Page } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Row } from '../../ui/rows';
import { Tag } from '../../ui/state-word';
import { Money } from '../../ui/texts';

/** The months' accounts, the newest first. */
export default function Statements() {
  const { query, route } = useLocation();
  const contracts = useKept('contracts', getContracts).data?.items.filter(contract => !contract.is_own_programme) ?? [];
  const contractId = contracts.find(contract => contract.id === query['contract'])?.id ?? '';
  const pages = usePages<StatementRow>(`statements:${query['contract'] ?? ''}`, after => getStatements(query['contract'] || null, after), pageKeeper);
  return (
    <Page title={t('statements.title')} lead={t('statements.lead')}>
      {contracts.length > 1 && <PickContract contracts={contracts} value={contractId} onPick={id => route(id ? `/statements?contract=${id}` : '/statements')} />}
      <ListState pages={pages} />
      {pages.items?.length === 0 && <EmptyState title={t('statements.none')}>{t('statements.none-what')}</EmptyState>}
      {pages.items && pages.items.length > 0 && (
        <>
          <h2 class="hidden">{t('statements.months')}</h2>
          <ul class="rows">
            {pages.items.map(row => <StatementOf key={row.id} row={row} />)}
            {pages.hasMore && <ShowMore busy={pages.busy} onMore={pages.more} />}
          </ul>
        </>
      )}
    </Page>
  );
}

function PickContract({ contracts, value, onPick }: { contracts: readonly Contract[]; value: string; onPick: (id: string) => void }) {
  return (
    <Select
      name="contract" label={t('statements.contract')} value={value} onInput={onPick}
      options={[{ value: '', label: t('statements.all-contracts') }, ...contracts.map(contract => ({ value: contract.id, label: `${contract.title}, ${contract.code}` }))]}
    />
  );
}

function StatementOf({ row }: { row: StatementRow }) {
  return (
    <Row
      title={t('statements.of', { month: monthWords(row.month), contract: row.contract })}
      href={`/statements/${row.id}`}
      side={<><Tag tone={row.state === 'closed' ? 'received' : 'sending'}>{t(`statements.state-${row.state}`)}</Tag><Money pence={row.totals.amount_pence} /></>}
    >
      <p>{row.label}. {t('statements.entries-share', { count: row.totals.entry_count })} <Money pence={row.totals.provider_share_pence} /></p>
    </Row>
  );
}

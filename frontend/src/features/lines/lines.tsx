import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getOwnLines, type Exclusion, type FollowedLine } from '../../api/claims';
import { getContracts, type Contract } from '../../api/settings';
import { t } from '../../lib/i18n';
import { usePages } from '../../lib/use-pages';
import { pageKeeper } from '../../store/page-keeper';
import { useKept } from '../../store/use-kept';
import { AskedFor } from '../../ui/asked';
import { EmptyState } from '../../ui/empty-state';
import { Select } from '../../ui/inputs';
import { ListState } from '../../ui/list-state';
import { Page, Section } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { LeftOut } from './left-out';
import { OwnLine } from './own-line';
import { MoneyPath } from './money-path';
import { Rejected } from './rejected';

/** Every line of one's own organisation at each step, what was left out and why, and where the money is. */
export default function Lines() {
  const contracts = useKept('contracts', getContracts);
  return (
    <AskedPage contracts={contracts.data?.items ?? null}>
      <AskedFor asked={contracts}>{({ items }) => <Body contracts={items.filter(delivered)} />}</AskedFor>
    </AskedPage>
  );
}

const delivered = (contract: Contract) => contract.parts.includes('provider') && !contract.is_own_programme;

function AskedPage({ contracts, children }: { contracts: readonly Contract[] | null; children: ComponentChildren }) {
  return (
    <Page title={t('lines.title')} lead={contracts && t('lines.lead')}>
      {children}
    </Page>
  );
}

function Body({ contracts }: { contracts: readonly Contract[] }) {
  const { query, route } = useLocation();
  const contractId = contracts.find(contract => contract.id === query['contract'])?.id ?? contracts[0]?.id;
  if (!contractId) return <EmptyState title={t('lines.no-contract')}>{t('lines.no-contract-what')}</EmptyState>;
  return (
    <>
      {contracts.length > 1 && (
        <Select
          name="contract" label={t('lines.contract')} value={contractId} onInput={chosen => route(`/lines?contract=${chosen}`)}
          options={contracts.map(contract => ({ value: contract.id, label: `${contract.title}, ${contract.prime.short_name}` }))}
        />
      )}
      <OfContract key={contractId} contractId={contractId} />
    </>
  );
}

/** The lines of one contract; the first page brings what was left out. */
function OfContract({ contractId }: { contractId: string }) {
  const [exclusions, setExclusions] = useState<readonly Exclusion[]>([]);
  const pages = usePages<FollowedLine>(`own-lines:${contractId}`, async after => {
    const answer = await getOwnLines(contractId, after);
    if (answer.kind === 'ok' && after === null) setExclusions(answer.data.exclusions);
    return answer;
  }, pageKeeper);
  const items = pages.items ?? [];
  return (
    <>
      <ListState pages={pages} />
      {pages.items && (
        <>
          <MoneyPath contractId={contractId} />
          <LeftOut exclusions={exclusions} onContested={pages.reload} />
          <Rejected contractId={contractId} />
          <Section title={t('lines.all')} says={pages.hasMore ? t('lines.newest-shown', { count: items.length }) : t('lines.newest', { count: items.length })}>
            {items.length === 0 ? (
              <EmptyState title={t('lines.none')}>{t('lines.none-what')}</EmptyState>
            ) : (
              <ul class="rows lines lines--alone">
                {items.map(one => <OwnLine key={one.line.id} followed={one} />)}
                {pages.hasMore && <ShowMore busy={pages.busy} onMore={pages.more} />}
              </ul>
            )}
          </Section>
        </>
      )}
    </>
  );
}

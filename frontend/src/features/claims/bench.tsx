import { useLocation, useRoute } from 'preact-iso';
import { getClaims, type ClaimRow } from '../../api/claims';
import { getContracts, type Contract } from '../../api/settings';
import { monthWords, today } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { useKept } from '../../store/use-kept';
import { AskedFor } from '../../ui/asked';
import { EmptyState } from '../../ui/empty-state';
import { Select } from '../../ui/inputs';
import { Page } from '../../ui/page';
import { Bench } from './bench-of';
import { benchUrl, claimedContracts, monthsOf, placeOf, type Place } from './place';

/** The claims bench: which contract, month and claim; then its sums, lists and acts. */
export default function BenchPage() {
  const { query } = useLocation();
  const { claimId } = useRoute().params;
  const contracts = useKept('contracts', getContracts);
  const claims = useKept('claims', getClaims);
  if (!contracts.data || !claims.data) {
    return (
      <Page title={t('claims.title')}>
        <AskedFor asked={contracts}>{() => <AskedFor asked={claims}>{() => null}</AskedFor>}</AskedFor>
      </Page>
    );
  }
  const own = claimedContracts(contracts.data.items);
  const place = placeOf(own, claims.data.items, query, claimId, today());
  if (!place) {
    return <Page title={t('claims.title')}><EmptyState title={t('claims.no-contract')}>{t('claims.no-contract-what')}</EmptyState></Page>;
  }
  const pick = <Pick place={place} contracts={own} claims={claims.data.items} />;
  return <Bench key={`${place.contract.id}${place.month}${place.claim?.id}`} place={place} pick={pick} reloadClaims={claims.reload} />;
}

/** Month and contract; both stand in the address. */
function Pick({ place, contracts, claims }: { place: Place; contracts: readonly Contract[]; claims: readonly ClaimRow[] }) {
  const { route } = useLocation();
  const contractId = place.contract.id;
  const months = monthsOf(claims, contractId, place.month, today()).flatMap(month => {
    const ofMonth = claims.filter(claim => claim.contract_id === contractId && claim.month === month);
    if (ofMonth.length < 2) return [{ value: month, label: monthWords(month) }];
    return ofMonth.map(claim => ({
      value: `${month}/${claim.number}`,
      label: t('claims.month-number', { month: monthWords(month), number: claim.number }),
    }));
  });
  const value = months.find(month => month.value === `${place.month}/${place.claim?.number}`)?.value ?? place.month;
  return (
    <div class="pick">
      <Select
        name="month" label={t('claims.month')} value={value} options={months}
        onInput={chosen => route(benchUrl({ contractId, month: chosen.slice(0, 10), number: Number(chosen.split('/')[1]) || undefined }))}
      />
      <Select
        name="contract" label={t('claims.contract')} value={contractId} onInput={chosen => route(benchUrl({ contractId: chosen }))}
        options={contracts.map(contract => ({ value: contract.id, label: `${contract.title}, ${contract.code}` }))}
      />
    </div>
  );
}

import { getClaimsToAssess, type ClaimRow } from '../../api/claims';
import { dayOf, dayWords, monthWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { usePages } from '../../lib/use-pages';
import { pageKeeper } from '../../store/page-keeper';
import { EmptyState } from '../../ui/empty-state';
import { ListState } from '../../ui/list-state';
import { Page } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Group, Row } from '../../ui/rows';
import { Money } from '../../ui/texts';

/** The claims that were handed in: those with lines to judge first, then those that are decided. */
export default function ClaimsToAssess() {
  const pages = usePages<ClaimRow>('assess', getClaimsToAssess, pageKeeper);
  const items = pages.items ?? [];
  const open = items.filter(claim => claim.undecided_count > 0);
  const decided = items.filter(claim => claim.undecided_count === 0);
  const lines = open.reduce((sum, claim) => sum + claim.undecided_count, 0);
  return (
    <Page title={t('assess.title')} lead={pages.items && t('assess.lead', { count: lines })}>
      <ListState pages={pages} />
      {pages.items?.length === 0 && <EmptyState title={t('assess.none')}>{t('assess.none-what')}</EmptyState>}
      {open.length > 0 && <Group title={t('assess.to-judge')} count={open.length}>{open.map(claim => <ClaimOf key={claim.id} claim={claim} />)}</Group>}
      {decided.length > 0 && <Group title={t('assess.decided')} count={decided.length}>{decided.map(claim => <ClaimOf key={claim.id} claim={claim} />)}</Group>}
      {pages.hasMore && <ul class="rows"><ShowMore busy={pages.busy} onMore={pages.more} /></ul>}
    </Page>
  );
}

function ClaimOf({ claim }: { claim: ClaimRow }) {
  return (
    <Row title={t('assess.claim-of', { contract: claim.contract, month: monthWords(claim.month), number: claim.number })} href={`/assess/${claim.id}`} side={<Money pence={claim.sums.amount_pence} />}>
      <p>
        {claim.label}, {claim.prime}. {claim.submitted_at && t('assess.submitted', { day: dayWords(dayOf(claim.submitted_at)) })}{' '}
        {claim.undecided_count > 0 ? <strong>{t('assess.undecided', { undecided: claim.undecided_count, count: claim.sums.line_count })}</strong> : t('assess.all-decided', { count: claim.sums.line_count })}
      </p>
    </Row>
  );
}

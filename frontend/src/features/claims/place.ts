import type { ClaimRow } from '../../api/claims';
import type { Contract } from '../../api/settings';

/** The lists of the bench. */
export const TABS = ['claimable', 'incomplete', 'in-claim', 'rejected'] as const;
export type Tab = (typeof TABS)[number];

/** Where on the bench one is: a contract, a month, and the claim for it where there is one. */
export interface Place {
  contract: Contract;
  month: string;
  claim: ClaimRow | null;
}

type Query = Readonly<Record<string, string | undefined>>;

/** The contracts that are claimed for here: one leads them, and somebody pays by results. */
export function claimedContracts(contracts: readonly Contract[]): Contract[] {
  return contracts.filter(contract => contract.parts.includes('prime') && !contract.is_own_programme);
}

/**
 * The place that an address names. Without a month: the newest claim that is not handed in yet, else last month.
 * @param claims Of all contracts, the newest first.
 */
export function placeOf(contracts: readonly Contract[], claims: readonly ClaimRow[], query: Query, claimId: string | undefined, today: string): Place | null {
  const named = claims.find(claim => claim.id === claimId);
  const wanted = named?.contract_id ?? query['contract'];
  const own = contracts.find(contract => contract.id === wanted);
  const unfinished = (claim: ClaimRow) => ['draft', 'locked', 'approved'].includes(claim.state);
  const contract = own ?? contracts.find(one => claims.some(claim => claim.contract_id === one.id && unfinished(claim))) ?? contracts[0];
  if (!contract) return null;
  if (named) return { contract, month: named.month, claim: named };
  const ofContract = claims.filter(claim => claim.contract_id === contract.id);
  const open = ofContract.find(unfinished);
  const month = query['month'] ? `${query['month'].slice(0, 7)}-01` : (open?.month ?? monthBefore(today));
  const ofMonth = ofContract.filter(claim => claim.month === month);
  const number = Number(query['number']);
  return { contract, month, claim: ofMonth.find(claim => claim.number === number) ?? ofMonth[0] ?? null };
}

/** The months to choose from: those with claims, this one and the last, the newest first. */
export function monthsOf(claims: readonly ClaimRow[], contractId: string, month: string, today: string): string[] {
  const months = new Set(claims.filter(claim => claim.contract_id === contractId).map(claim => claim.month));
  return [...months.add(month).add(monthBefore(today)).add(`${today.slice(0, 7)}-01`)].sort().reverse();
}

/** The first day of the month before a day's. */
export function monthBefore(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return month === 1 ? `${year - 1}-12-01` : `${year}-${String(month - 1).padStart(2, '0')}-01`;
}

/** The bench's address for a contract, month, claim and list. */
export function benchUrl(place: { contractId: string; month?: string | undefined; number?: number | undefined; tab?: Tab; missing?: string; isWaiting?: boolean }): string {
  const { contractId, month, number, tab, missing, isWaiting } = place;
  const query = new URLSearchParams({
    contract: contractId,
    ...(month ? { month: month.slice(0, 7) } : {}),
    ...(number ? { number: String(number) } : {}),
    ...(tab && tab !== 'claimable' ? { tab } : {}),
    ...(missing ? { missing } : {}),
    ...(isWaiting ? { list: 'not-yet' } : {}),
  });
  return `/claims?${query}`;
}

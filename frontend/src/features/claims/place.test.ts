import { describe, expect, it } from 'vitest';
import type { ClaimRow } from '../../api/claims';
import type { Contract } from '../../api/settings';
import { benchUrl, claimedContracts, monthBefore, monthsOf, placeOf } from './place';

const contract = (id: string, more = {}) => ({ id, parts: ['prime'], is_own_programme: false, ...more }) as unknown as Contract;
const claim = (id: string, contractId: string, month: string, state: string, number = 1) =>
  ({ id, contract_id: contractId, month, state, number }) as ClaimRow;

const contracts = [contract('north'), contract('south')];
const claims = [
  claim('s10', 'south', '2026-10-01', 'draft'),
  claim('s9b', 'south', '2026-09-01', 'submitted', 2),
  claim('s9', 'south', '2026-09-01', 'settled'),
];

describe('the place on the bench', () => {
  it('is the claim that an address names', () => {
    expect(placeOf(contracts, claims, {}, 's9', '2026-11-22')).toEqual({ contract: contracts[1], month: '2026-09-01', claim: claims[2] });
  });
  it('is, where nothing is named, the newest claim that is not handed in', () => {
    expect(placeOf(contracts, claims, {}, undefined, '2026-11-22')?.claim?.id).toBe('s10');
  });
  it('is last month where a contract has no open claim', () => {
    expect(placeOf(contracts, claims, { contract: 'north' }, undefined, '2026-01-05')).toEqual({ contract: contracts[0], month: '2025-12-01', claim: null });
  });
  it('keeps the month and number of the address', () => {
    expect(placeOf(contracts, claims, { contract: 'south', month: '2026-09', number: '1' }, undefined, '2026-11-22')?.claim?.id).toBe('s9');
    expect(placeOf(contracts, claims, { contract: 'south', month: '2026-08' }, undefined, '2026-11-22')?.claim).toBeNull();
  });
  it('is nowhere without a contract', () => {
    expect(placeOf([], [], {}, undefined, '2026-11-22')).toBeNull();
  });
});

it('claims on contracts that one leads and that pay by results', () => {
  const own = contract('own', { is_own_programme: true });
  const other = contract('other', { parts: ['provider'] });
  expect(claimedContracts([...contracts, own, other])).toEqual(contracts);
});

it('offers months with claims, this one and the last', () => {
  expect(monthsOf(claims, 'south', '2026-07-01', '2026-11-22')).toEqual(['2026-11-01', '2026-10-01', '2026-09-01', '2026-07-01']);
  expect(monthBefore('2026-01-31')).toBe('2025-12-01');
});

it('writes an address that can be sent to a colleague', () => {
  expect(benchUrl({ contractId: 'c', month: '2026-10-01', tab: 'incomplete', missing: 'verified' })).toBe('/claims?contract=c&month=2026-10&tab=incomplete&missing=verified');
});

import { expect, it } from 'vitest';
import type { FollowedLine } from '../../api/claims';
import type { Statement } from '../../api/statements';
import { pathOf, stepOf } from './path';

const line = (state: string, share = 8000) => ({ line: { state, provider_share_pence: share } }) as FollowedLine;
const statement = (days: { prime_paid_on?: string; passed_on_on?: string; arrived_on?: string }) => ({
  entries: [{ provider_id: 'p', kind: 'payment' }, { provider_id: 'p', kind: 'clawback' }],
  remittances: [{ provider_id: 'p', provider_share_pence: 5000, prime_paid_on: null, passed_on_on: null, arrived_on: null, ...days }],
}) as unknown as Statement;

it('knows the step of a line, and none for one that goes no further', () => {
  expect(['included', 'submitted', 'queried', 'answered', 'accepted', 'paid', 'rejected', 'voided'].map(state => stepOf(line(state))))
    .toEqual(['in-claim', 'submitted', 'submitted', 'submitted', 'accepted', 'paid', null, null]);
});

it('follows the money to one’s own bank', () => {
  const path = pathOf(
    { count: 2, sharePence: 100 },
    [line('included'), line('submitted'), line('submitted', 1), line('accepted'), line('paid'), line('rejected')],
    [
      statement({}), statement({ prime_paid_on: '2026-10-01' }), statement({ prime_paid_on: '2026-09-01', passed_on_on: '2026-09-04' }),
      statement({ prime_paid_on: '2026-08-01', passed_on_on: '2026-08-04', arrived_on: '2026-08-06' }),
    ],
  );
  expect(path).toEqual({
    claimable: { count: 2, sharePence: 100 },
    'in-claim': { count: 1, sharePence: 8000 },
    submitted: { count: 2, sharePence: 8001 },
    accepted: { count: 1, sharePence: 8000 },
    paid: { count: 1, sharePence: 5000 },
    'passed-on': { count: 1, sharePence: 5000 },
    arrived: { count: 1, sharePence: 5000 },
  });
});

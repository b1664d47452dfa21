import type { FollowedLine } from '../../api/claims';
import type { Statement } from '../../api/statements';

/** The steps of money, from work done to one's own bank. */
export const STEPS = ['claimable', 'in-claim', 'submitted', 'accepted', 'paid', 'passed-on', 'arrived'] as const;
export type StepName = (typeof STEPS)[number];

/** What stands at one step: how many, and one's own share of it. */
export interface Standing {
  count: number;
  sharePence: number;
}

/** Where a line stands, or null once it goes no further: rejected, voided or left out. */
export function stepOf({ line }: FollowedLine): StepName | null {
  switch (line.state) {
    case 'included': return 'in-claim';
    case 'submitted': case 'queried': case 'answered': return 'submitted';
    case 'accepted': return 'accepted';
    case 'paid': return 'paid';
    default: return null;
  }
}

/**
 * One's own money at each step. Paid lines are told apart by their statements: not passed on yet, on the way, arrived.
 * @param claimable What could be claimed today.
 * @param statements The last months' accounts, one's own entries alone.
 */
export function pathOf(claimable: Standing, lines: readonly FollowedLine[], statements: readonly Statement[]): Record<StepName, Standing> {
  const path = Object.fromEntries(STEPS.map(step => [step, { count: 0, sharePence: 0 }])) as Record<StepName, Standing>;
  path.claimable = claimable;
  const add = (step: StepName, count: number, sharePence: number) => {
    path[step] = { count: path[step].count + count, sharePence: path[step].sharePence + sharePence };
  };
  for (const one of lines) {
    const step = stepOf(one);
    if (step && step !== 'paid') add(step, 1, one.line.provider_share_pence);
  }
  for (const statement of statements) {
    for (const { prime_paid_on, passed_on_on, arrived_on, provider_share_pence, provider_id } of statement.remittances) {
      const count = statement.entries.filter(entry => entry.provider_id === provider_id && entry.kind === 'payment').length;
      if (arrived_on) add('arrived', count, provider_share_pence);
      else if (passed_on_on) add('passed-on', count, provider_share_pence);
      else if (prime_paid_on) add('paid', count, provider_share_pence);
    }
  }
  return path;
}

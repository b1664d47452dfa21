import type { Ladder } from '../../api/library';
import type { Scores } from './sitting';

/** What became of one ladder between where somebody began and now. */
export type Change = 'clearly-higher' | 'going-up' | 'about-the-same' | 'going-down' | 'clearly-lower' | 'not-said' | 'first-time';

/** So far is clearly better or harder: a word for talking, not a threshold, and the same on paper (app/journeys/rules.py). */
const CLEAR_RUNGS = 3;
/** Less than a rung either way is about the same. */
const SAME_RUNGS = 1;

/** What changed, by the person's own answers: the worker's stand beside, they decide nothing here. */
export function changeOf(began: number | null | undefined, now: number | null | undefined): Change {
  if (now === null || now === undefined) return 'not-said';
  if (began === null || began === undefined) return 'first-time';
  const moved = now - began;
  if (moved >= CLEAR_RUNGS) return 'clearly-higher';
  if (moved <= -CLEAR_RUNGS) return 'clearly-lower';
  if (moved >= SAME_RUNGS) return 'going-up';
  return moved <= -SAME_RUNGS ? 'going-down' : 'about-the-same';
}

/** The ladders under each change, in the order of the ladders. */
export function changes(ladders: readonly Ladder[], began: Scores, now: Scores): Map<Change, Ladder[]> {
  const groups = new Map<Change, Ladder[]>();
  for (const ladder of ladders) {
    const change = changeOf(began[ladder.code], now[ladder.code]);
    groups.set(change, [...(groups.get(change) ?? []), ladder]);
  }
  return groups;
}

/** Where the two see things clearly differently: worth a word between them. */
export function seenDifferently(ladders: readonly Ladder[], one: Scores, other: Scores): Ladder[] {
  return ladders.filter(({ code }) => {
    const [mine, theirs] = [one[code], other[code]];
    return typeof mine === 'number' && typeof theirs === 'number' && Math.abs(mine - theirs) >= CLEAR_RUNGS;
  });
}

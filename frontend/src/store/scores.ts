import type { Day } from '../lib/dates';

/** The parts of a journey that tell scores. */
interface Scored {
  scores_hidden_from?: Day | null;
  ladders?: unknown[];
  sittings?: { assessments?: { scores?: unknown; notes?: unknown }[] }[];
}

/** From which day the server wants earlier scores off this device: a week before the next review. */
export function scoresHiddenFrom(journey: unknown): Day | null {
  return (journey as Scored).scores_hidden_from ?? null;
}

export function hidesScores(from: Day | null | undefined, day: Day): boolean {
  return Boolean(from && day >= from);
}

/** The same journey without a number that a rater could remember; the server tells them again when both have rated. */
export function withoutScores(journey: unknown): unknown {
  const { sittings = [], ...rest } = journey as Scored;
  return {
    ...rest,
    is_folded: true,
    scores_hidden_until_rated: true,
    scores_hidden_from: null,
    ladders: [],
    sittings: sittings.map(sitting => ({
      ...sitting,
      assessments: (sitting.assessments ?? []).map(assessment => ({ ...assessment, scores: {}, notes: {} })),
    })),
  };
}

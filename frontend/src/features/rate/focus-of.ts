import type { Answered, Person } from '../../api/person';
import type { LocalRecord } from '../../sync/outbox';
import { saidIn } from '../../sync/recording';
import { counted } from './occasion';

/** What can still be named: the person's own answers of the first baseline, and which three they named. */
export interface Focus {
  sittingId: string;
  instrumentId: string;
  answered: Answered;
  named: readonly string[];
}

type Said = Record<string, unknown>;

/**
 * Which ladders matter most to somebody, while that can be said: the contract knows it, both have rated the first
 * baseline, and nobody has begun the second. Null where it is too early, too late, or not a question.
 */
export function focusOf({ rating, sittings }: Pick<Person, 'rating' | 'sittings'>): Focus | null {
  if (!rating?.takes_focus) return null;
  const taken = counted(sittings);
  const first = taken.find(sitting => sitting.kind === 'baseline');
  if (!first?.own || !first.instrument_id || taken.some(sitting => sitting.kind !== 'baseline')) return null;
  return { sittingId: first.sitting_id, instrumentId: first.instrument_id, answered: first.own, named: first.own.focus ?? [] };
}

/** The same with what was named on this device since: what the server told may be older, or the tablet out of touch. */
export function namedHere(focus: Focus, here: readonly LocalRecord[]): Focus {
  for (const { id, action, state, ...record } of here) {
    const body = action === 'assessment' && state !== 'needs' ? record.body as Said | undefined ?? saidIn(id, []) : null;
    if (body?.['supersedes_id'] !== focus.answered.record_id) continue;
    const named = (body['focus'] as string[] | undefined) ?? [];
    return namedHere({ ...focus, named, answered: { ...focus.answered, record_id: id, focus: named } }, here);
  }
  return focus;
}

/** The same answers with other ladders named, as a correction says them. */
export function renamedBody({ sittingId, instrumentId, answered }: Focus, focus: readonly string[]): Record<string, unknown> {
  const { scores, notes, own_words, help, language, occurred_on } = answered;
  return {
    sitting_id: sittingId, sitting_kind: 'baseline', rater: 'participant', instrument_id: instrumentId, language, scores, notes, help,
    ...(own_words ? { own_words } : {}),
    ...(focus.length > 0 ? { focus } : {}),
    occurred_on,
  };
}

import type { Person, Sitting } from '../../api/person';
import { addDays, dayReached, dayWords, type Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { LocalRecord } from '../../sync/outbox';
import { KINDS, type SittingKind } from './sitting';

/** Why an occasion is proposed. */
export type Why = 'ended' | 'first' | 'second-soon' | 'second-open' | 'second-late' | 'review';

/** Which occasion a sitting of this day most likely is, and why. */
export interface Proposal {
  kind: SittingKind;
  why: Why;
  /** The day that says so, where there is one. */
  day: Day | null;
}

/** From when until when an occasion is; open at either end. */
export interface Window {
  from: Day | null;
  until: Day | null;
}

type Dated = Pick<Person, 'sittings' | 'state'> & { rating?: Person['rating'] };

/** An assessment as it waits on this device. */
interface Waiting {
  sitting_id: string;
  sitting_kind: string;
  occurred_on: Day;
  rater: Sitting['raters'][number];
  is_crisis?: boolean;
}

/** What a journey kept from before there were windows leaves to be counted, pauses apart. */
const DAYS = { from: 7, due: 28, locks: 56 };

/** The sittings that count: not those let be. */
export function counted(sittings: readonly Sitting[]): Sitting[] {
  return sittings.filter(sitting => !sitting.is_crisis);
}

/** The sittings that the server has told, and those held on this device since: out of touch, it has not told of them yet. */
export function withHere(sittings: readonly Sitting[], enrolmentId: string, here: readonly LocalRecord[]): Sitting[] {
  const known = new Map(sittings.map(sitting => [sitting.sitting_id, sitting]));
  for (const { action, about, body, state } of here) {
    if (action !== 'assessment' || about.enrolment_id !== enrolmentId || state === 'needs' || !body) continue;
    const { sitting_id, sitting_kind, occurred_on, rater, is_crisis } = body as Waiting;
    const sitting = known.get(sitting_id) ?? { sitting_id, kind: sitting_kind, occurred_on, raters: [] };
    const raters = [...new Set([...sitting.raters, rater])];
    known.set(sitting_id, { ...sitting, raters, ...(is_crisis ? { is_crisis } : {}) });
  }
  return [...known.values()];
}

/** Which occasion a sitting of this day most likely is: by the days that the server worked out, pauses and all. */
export function proposed({ sittings, state, rating }: Dated, now: Day = dayReached()): Proposal {
  if (state === 'ended') return { kind: 'exit', why: 'ended', day: null };
  const taken = counted(sittings);
  const first = taken.find(sitting => sitting.kind === 'baseline');
  if (!first) return { kind: 'baseline', why: 'first', day: rating?.baseline_due_on ?? null };
  const review: Proposal = { kind: 'review', why: 'review', day: rating?.review_due_on ?? null };
  if (taken.some(sitting => sitting.kind !== 'baseline')) return review;
  const { from, until, locks } = secondOf(first.occurred_on, rating ?? null);
  if (now < from) return { kind: 'second-baseline', why: 'second-soon', day: from };
  if (now <= until) return { kind: 'second-baseline', why: 'second-open', day: until };
  return now <= locks ? { kind: 'second-baseline', why: 'second-late', day: locks } : review;
}

function secondOf(first: Day, rating: Person['rating']): { from: Day; until: Day; locks: Day } {
  return {
    from: rating?.second_baseline_from ?? addDays(first, DAYS.from),
    until: rating?.second_baseline_due_on ?? addDays(first, DAYS.due),
    locks: rating?.baseline_locks_on ?? addDays(first, DAYS.locks),
  };
}

/** From when until when each occasion is, where that is known. */
export function windows({ sittings, rating }: Dated): Record<SittingKind, Window> {
  const open: Window = { from: null, until: null };
  const taken = counted(sittings);
  const first = taken.find(sitting => sitting.kind === 'baseline');
  const hasSecond = taken.some(sitting => sitting.kind === 'second-baseline');
  const second = first && !hasSecond ? secondOf(first.occurred_on, rating ?? null) : null;
  return {
    baseline: first ? open : { from: null, until: rating?.baseline_due_on ?? null },
    'second-baseline': second ? { from: second.from, until: second.until } : open,
    review: { from: null, until: rating?.review_due_on ?? null },
    exit: open,
  };
}

/** Each occasion with its window in words, for who chooses among them. */
export function occasions(person: Dated): { value: SittingKind; label: string; hint: string }[] {
  const at = windows(person);
  return KINDS.map(kind => ({ value: kind, label: t(`rate.kind-${kind}`), hint: windowWords(kind, at[kind]) }));
}

function windowWords(kind: SittingKind, { from, until }: Window): string {
  if (from && until) return t('rate.from-to', { from: dayWords(from), until: dayWords(until) });
  return until ? t('rate.due-by', { day: dayWords(until) }) : t(`rate.kind-${kind}-hint`);
}

/** Why this occasion is proposed, in a sentence. */
export function whyWords({ kind, why, day }: Proposal): string {
  const because = day === null ? t(`rate.why-${why}`) : t(`rate.why-${why}-day`, { day: dayWords(day) });
  return t('rate.proposed', { kind: t(`rate.kind-${kind}`), because });
}

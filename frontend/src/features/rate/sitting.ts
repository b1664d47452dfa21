import type { Instrument, Ladder } from '../../api/library';
import type { Sitting } from '../../api/person';
import { addDays, daysBetween, today, type Day } from '../../lib/dates';
import { uuid7 } from '../../lib/uuid7';
import type { Read } from './rendering';

export const KINDS = ['baseline', 'second-baseline', 'review', 'exit'] as const;

export type SittingKind = (typeof KINDS)[number];
export type Rater = 'participant' | 'worker';
/** Who answers: the two of a sitting, or a colleague in place of a person who chose not to. */
export type Answering = Rater | 'second-rater';

export const HELP = ['none', 'read-aloud', 'interpreter', 'advocate', 'easy-read'] as const;

/** How the person was helped to answer. */
export type Help = (typeof HELP)[number];
/** What today is: the person rates, chooses not to, or is in no state for it. */
export type Today = 'rate' | 'not' | 'crisis';
/** A rung a ladder; null is "I'd rather not say". */
export type Scores = Record<string, number | null>;

/** What somebody said in words: beside single ladders, and beside them all. */
export interface Words {
  notes: Record<string, string>;
  own_words: string;
}

/** Where a sitting stands: who holds the tablet, and what is shown. */
export type Stage = 'opening' | 'participant' | 'handed-back' | 'worker' | 'together';

/** A sitting as this device keeps it, from the first tap until both have seen what changed. */
export interface SittingDraft {
  sitting_id: string;
  kind: SittingKind | '';
  occurred_on: Day;
  instrument_id: string;
  stage: Stage;
  /** Which ladder is open; as many as there are ladders: the last page. */
  page: number;
  scores: Scores;
  notes: Record<string, string>;
  own_words: string;
  help: Help;
  /** The three ladders that matter most to the person; empty where they named none. */
  focus: string[];
  /** What each has finished, by rater. It is shown to nobody until both are here. */
  sealed: Partial<Record<Rater, Scores>>;
  /** What each has said with it, as covered; a sitting begun before this was kept has none. */
  said?: Partial<Record<Rater, Words>>;
  /** The person has rated on another device: their answers come from there, once both are in. */
  elsewhere: boolean;
}

/** How far apart the two ratings of one sitting may lie. */
export const APART_DAYS = 14;
/** How many ladders the person may name as those that matter most. */
export const FOCUS_LADDERS = 3;

/** A sitting that has not begun. */
export function newSitting(sittingId: string = uuid7()): SittingDraft {
  return {
    sitting_id: sittingId, kind: '', occurred_on: today(), instrument_id: '', stage: 'opening', page: 0,
    scores: {}, notes: {}, own_words: '', help: 'none', focus: [], sealed: {}, elsewhere: false,
  };
}

/** The set of ladders to rate with: the one the person began with, else our own, in its newest version. */
export function instrumentFor(instruments: readonly Instrument[]): Instrument | null {
  const ladders = instruments.filter(instrument => instrument.kind === 'ladders' && !instrument.is_context && instrument.ladders.length > 0);
  const own = ladders.filter(instrument => instrument.code === 'open-ladders');
  return [...(own.length > 0 ? own : ladders)].sort((one, other) => other.version - one.version)[0] ?? null;
}

/** Somebody's turn begins: with empty hands, whoever rated before. */
export function beginTurn(stage: Rater): Partial<SittingDraft> {
  return { stage, page: 0, scores: {}, notes: {}, own_words: '', focus: [] };
}

/** The turn is over: what was said is sealed, and nothing of it stays in sight. */
export function seal(draft: SittingDraft, rater: Rater, scores: Scores = draft.scores): Partial<SittingDraft> {
  const sealed = { ...draft.sealed, [rater]: scores };
  const said = { ...draft.said, [rater]: { notes: draft.notes, own_words: draft.own_words.trim() } };
  const stage = (sealed.participant || draft.elsewhere) && sealed.worker ? 'together' : 'handed-back';
  return { sealed, said, stage, page: 0, scores: {}, notes: {}, own_words: '', focus: [] };
}

/**
 * Take up a sitting that the person has begun on another device: the worker's turn is left. Nothing to take up where
 * this device holds one, or where the two weeks are over.
 */
export function takenUp(draft: SittingDraft, sittings: readonly Sitting[], now: Day = today()): Partial<SittingDraft> | null {
  if (draft.stage !== 'opening' || draft.kind !== '') return null;
  const open = sittings.find(({ raters, scores, occurred_on, is_crisis }) => (
    !is_crisis && !scores && raters.includes('participant') && !raters.includes('worker') && daysBetween(occurred_on, now) <= APART_DAYS
  ));
  if (!open) return null;
  const { sitting_id, kind, occurred_on } = open;
  return { sitting_id, kind: kind as SittingKind, occurred_on, stage: 'handed-back', elsewhere: true };
}

/** The last day on which the worker's rating still belongs to this sitting. */
export function lastDay(draft: SittingDraft): Day {
  return addDays(draft.occurred_on, APART_DAYS);
}

/** Nobody is asked to say why: every ladder is left out. */
export function nothingSaid(ladders: readonly Ladder[]): Scores {
  return Object.fromEntries(ladders.map(ladder => [ladder.code, null]));
}

/** Whether somebody would rather not say on any ladder: an answer like any other. */
export function choseNot(scores: Scores | undefined): boolean {
  return scores !== undefined && Object.values(scores).every(score => score === null);
}

/** The ladders among which the person names the three that matter most: those they answered, if they are enough. */
export function toNameAmong(ladders: readonly Ladder[], scores: Scores): Ladder[] {
  const answered = ladders.filter(({ code }) => typeof scores[code] === 'number');
  return answered.length >= FOCUS_LADDERS ? answered : [];
}

/** Where the person is in crisis the sitting is let be: nobody rates, and it counts nowhere. */
export function crisisBody(draft: SittingDraft): Record<string, unknown> {
  const { sitting_id, kind, instrument_id } = draft;
  return { sitting_id, sitting_kind: kind, rater: 'worker', instrument_id, scores: {}, is_crisis: true, occurred_on: today() };
}

/** What one rater's turn says on the wire, with the language in which it was read. */
export function assessmentBody(draft: SittingDraft, rater: Answering, { language, ladders }: Read): Record<string, unknown> {
  const notes = Object.fromEntries(Object.entries(draft.notes).flatMap(([code, words]) => (words.trim() ? [[code, words.trim()]] : [])));
  return {
    sitting_id: draft.sitting_id,
    sitting_kind: draft.kind,
    rater,
    instrument_id: draft.instrument_id,
    language,
    scores: { ...nothingSaid(ladders), ...draft.scores },
    notes,
    ...(rater === 'participant' ? { help: draft.help } : {}),
    ...(rater === 'participant' && draft.focus.length === FOCUS_LADDERS ? { focus: draft.focus } : {}),
    ...(draft.own_words.trim() ? { own_words: draft.own_words.trim() } : {}),
    occurred_on: rater === 'participant' ? draft.occurred_on : today(),
  };
}

/** Where both saw somebody begin, and on which day. */
export interface Beginning {
  on: Day;
  scores: Record<Rater, Scores>;
}

/**
 * Where both saw the person begin, as the journey has it: the middle of the baselines that both have rated, or their
 * first sitting where there is none. Nothing where this is the first.
 */
export function beginning(sittings: readonly Sitting[], sittingId: string): Beginning | null {
  const both = sittings
    .filter(({ sitting_id, scores, is_crisis }) => !is_crisis && sitting_id !== sittingId && isTold(scores, 'participant') && isTold(scores, 'worker'))
    .sort((one, other) => one.occurred_on.localeCompare(other.occurred_on));
  const baselines = both.filter(({ kind }) => kind === 'baseline' || kind === 'second-baseline');
  const first = baselines.length > 0 ? baselines : both.slice(0, 1);
  const [earliest] = first;
  if (!earliest) return null;
  const middle = (rater: Rater) => middleOf(first.map(({ scores }) => scores?.[rater] ?? {}));
  return { on: earliest.occurred_on, scores: { participant: middle('participant'), worker: middle('worker') } };
}

/** Whether earlier answers are off this device for now: they come back when both ratings have been received. */
export function isHidden(sittings: readonly Sitting[], sittingId: string): boolean {
  return sittings.some(({ sitting_id, scores, is_crisis }) =>
    !is_crisis && sitting_id !== sittingId && scores?.['participant'] !== undefined && !isTold(scores, 'participant'));
}

/** Who chose not to say is told as that, ladder by ladder; what is hidden has none. */
function isTold(scores: Sitting['scores'], rater: Rater): boolean {
  return Object.keys(scores?.[rater] ?? {}).length > 0;
}

/** The mean of what was answered on each ladder; null where nothing was. */
function middleOf(answers: readonly Scores[]): Scores {
  const codes = new Set(answers.flatMap(scores => Object.keys(scores)));
  return Object.fromEntries([...codes].map(code => {
    const given = answers.map(scores => scores[code]).filter(score => typeof score === 'number');
    return [code, given.length > 0 ? given.reduce((sum, score) => sum + score, 0) / given.length : null];
  }));
}

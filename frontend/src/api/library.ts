import type { Answer } from '../lib/result';
import { send } from './client';

/** One dimension of an instrument; anchors by their rung: `{"0": "…", "2": "…"}`. */
export interface Ladder {
  code: string;
  title: string;
  short_title: string;
  question: string;
  worker_question: string | null;
  anchors: Record<string, string>;
}

/** A version of a set of ladders, as it is rated with. */
export interface Instrument {
  id: string;
  code: string;
  version: number;
  kind: 'ladders' | 'score-only';
  title: string;
  is_context: boolean;
  scale_min: number;
  scale_max: number;
  ladders: Ladder[];
  /** Its words in other languages, by language and ladder. */
  renderings?: Record<string, { title: string; ladders: Record<string, LadderWords> }>;
}

type LadderWords = Omit<Ladder, 'code'>;

/** An observable event that can be recorded, and the evidence it takes. */
export interface MilestoneKind {
  code: string;
  title: string;
  description: string;
  jet_group: string;
  /** Evidence kinds any one of which is enough. */
  counts: string[];
  /** Evidence kinds that may be added, never enough alone. */
  helps: string[];
  /** A few words beside the button, by evidence kind: "from the teacher". */
  hints: Record<string, string>;
}

/** The instruments that may be used. */
export function getInstruments(): Promise<Answer<{ items: Instrument[] }>> {
  return send('GET', '/api/instruments');
}

/** The milestone kinds that may be recorded. */
export function getMilestoneKinds(): Promise<Answer<{ items: MilestoneKind[] }>> {
  return send('GET', '/api/milestone-kinds');
}

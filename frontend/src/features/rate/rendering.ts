import type { Instrument, Ladder } from '../../api/library';

/** The ladders as a rater reads them. */
export interface Read {
  /** The language of the anchors, which goes with the answers: each has errors of its own. */
  language: string;
  ladders: readonly Ladder[];
}

/** An instrument in the language somebody reads, or in its own where it has no other. */
export function readIn(instrument: Instrument, language: string): Read {
  const rendering = instrument.renderings?.[language];
  if (!rendering) return { language: 'en', ladders: instrument.ladders };
  return { language, ladders: instrument.ladders.map(ladder => ({ ...ladder, ...rendering.ladders[ladder.code] })) };
}

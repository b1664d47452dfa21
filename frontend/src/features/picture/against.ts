import type { Picture, PictureFact } from '../../api/picture';
import { today } from '../../lib/dates';
import type { Said } from './disagree';

/** What was said since the picture was fetched, by fact: words against it, or null where it was taken back. */
export type Since = ReadonlyMap<string, { id: string; words: string } | null>;

/** The picture with what was said since. */
export function withSince(picture: Picture, since: Since): Picture {
  if (since.size === 0) return picture;
  const facts = picture.facts.map(fact => {
    const said = since.get(fact.record_id);
    if (said === undefined) return fact;
    return { ...fact, disagreement: said && { record_id: said.id, occurred_on: today(), way: 'on-tablet' as const, present: [], words: said.words || null, is_open: true } };
  });
  return { ...picture, facts };
}

/** What is sent when somebody disagrees. */
export function disagreementBody({ words, company }: Said, way: 'on-tablet' | 'own-phone'): Record<string, unknown> {
  const present = way === 'on-tablet' ? ['worker', ...company] : company;
  return { occurred_on: today(), way, present, words: words || null };
}

/** And when they take it back: no reason is asked. */
export function takingBackBody(fact: PictureFact, way: 'on-tablet' | 'own-phone'): Record<string, unknown> {
  return { ...disagreementBody({ words: '', company: [] }, way), supersedes_id: fact.disagreement?.record_id, is_withdrawn: true };
}

import { createHash } from 'node:crypto';
import type { Phrase, Phrases } from '../src/lib/i18n';

/** The phrases of a language by part. */
export type Parts = Record<string, Phrases>;
/** Of which English each phrase is the Welsh: a short hash by part and key. */
export type Sources = Record<string, Record<string, string>>;

const HASH_LENGTH = 8;

/** A short hash of an English phrase; other words have another one. */
export function sourceHash(phrase: Phrase): string {
  return createHash('sha256').update(JSON.stringify(phrase)).digest('hex').slice(0, HASH_LENGTH);
}

/** What is wrong with a translation, one line a phrase: missing, stale, other holes, or left over. */
export function faultsOf(english: Parts, welsh: Parts, sources: Sources): string[] {
  return Object.entries(english).flatMap(([part, phrases]) => [
    ...Object.entries(phrases).flatMap(([key, phrase]) => {
      const said = welsh[part]?.[key];
      if (said === undefined) return [`missing: ${part}.${key} ${JSON.stringify(phrase)}`];
      if (sources[part]?.[key] !== sourceHash(phrase)) return [`stale: ${part}.${key} ${JSON.stringify(phrase)}`];
      return holesOf(said) === holesOf(phrase) ? [] : [`other holes: ${part}.${key} ${JSON.stringify(phrase)}`];
    }),
    ...Object.keys(welsh[part] ?? {}).filter(key => !(key in phrases)).map(key => `left over: ${part}.${key}`),
  ]);
}

/** The sources as they are once everything that has Welsh is looked through. */
export function sourcesOf(english: Parts, welsh: Parts): Sources {
  return mapObject(english, (phrases, part) =>
    mapObject(Object.fromEntries(Object.entries(phrases).filter(([key]) => welsh[part]?.[key] !== undefined)), sourceHash));
}

/** The holes of a phrase in all its forms, each once. The count may be said in words. */
function holesOf(phrase: Phrase): string {
  const forms = typeof phrase === 'string' ? [phrase] : Object.values(phrase as unknown as Record<string, string>);
  const holes = forms.flatMap(form => form.match(/\{\w+\}/g) ?? []);
  return [...new Set(holes)].filter(hole => typeof phrase === 'string' || hole !== '{count}').sort().join(' ');
}

function mapObject<V, W>(object: Record<string, V>, change: (value: V, key: string) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

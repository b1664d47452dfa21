import { computed, signal } from '@preact/signals';
import type { Words } from '../locales/en';

/** A phrase with `{holes}`, or its forms by number; the hole `{count}` chooses the form. */
export type Phrase = string | Plural;
export interface Plural {
  zero?: string;
  one: string;
  two?: string;
  few?: string;
  many?: string;
  other: string;
}
export type Phrases = Record<string, Phrase>;
export type Language = 'en' | 'cy';
export const LANGUAGES: readonly Language[] = ['en', 'cy'];

/** The locale's files: one part for each feature, and the parts every page needs. */
export type Part = keyof Words;
/** `part.phrase`, as `t` takes it. */
export type Key = { [P in Part]: `${P & string}.${keyof Words[P] & string}` }[Part];

type PhraseOf<K extends Key> = K extends `${infer P}.${infer N}`
  ? P extends Part ? N extends keyof Words[P] ? Words[P][N] : never : never
  : never;
type Text<P> = P extends string ? P : P extends { other: infer O } ? O | (P extends { one: infer I } ? I : never) : never;
type HoleIn<S> = S extends `${string}{${infer H}}${infer Rest}` ? H | HoleIn<Rest> : never;
type Holes<K extends Key> = HoleIn<Text<PhraseOf<K>>> | (PhraseOf<K> extends string ? never : 'count');
type Values<K extends Key> = [Holes<K>] extends [never] ? [] : [values: Record<Holes<K>, string | number>];

type Loader = () => Promise<{ default: Phrases }>;
const englishParts = import.meta.glob<{ default: Phrases }>(['../locales/en/*.ts', '!../locales/en/{index,app,nav,problems,ui}.ts'], {}) as Record<string, Loader>;

const learnt: Record<Language, Map<string, Phrases>> = { en: new Map(), cy: new Map() };
const wanted = new Set<Part>();
const own = signal<Language>('en');
const lent = signal<Language | null>(null);

/** The language in which the page speaks now; who reads it while drawing is drawn anew when it changes. */
export const language = computed<Language>(() => lent.value ?? own.value);

/** The reader's own language, whatever is spoken meanwhile. */
export function ownLanguage(): Language {
  return own.value;
}

/** The language to speak to somebody: theirs, or English where theirs is not here. */
export function spokenTo(preferred: string): Language {
  return LANGUAGES.find(one => one === preferred) ?? 'en';
}

/** Take a part's phrases in; the English ones of every page come with the first script this way. */
export function learn(part: Part, phrases: Phrases, of: Language = 'en'): void {
  wanted.add(part);
  learnt[of].set(part, phrases);
}

/** Load the phrases of these parts in the languages now spoken here. A part already learnt costs nothing. */
export async function loadWords(...parts: Part[]): Promise<void> {
  for (const part of parts) wanted.add(part);
  await Promise.all([...new Set([own.value, language.value])].map(spoken => learnParts(spoken)));
}

/** Choose the reader's own language; the page changes when its words are here, also those asked for meanwhile. */
export async function chooseLanguage(next: Language): Promise<void> {
  await learnAll(next);
  own.value = next;
}

/** Bring a language's words here before they are needed, as for a person whom the tablet is handed to. */
export function prepareLanguage(next: Language): Promise<void> {
  return learnAll(next);
}

/** Speak another language for a while, from when all its words are here: never half of each. @returns what ends it. */
export function lendLanguage(next: Language): () => void {
  let isOver = false;
  const lend = () => void (isOver || (lent.value = next));
  if (lacking(next).length === 0) lend();
  else void learnAll(next).then(lend, () => undefined); // words that cannot come leave the page as it is
  return () => {
    isOver = true;
    lent.value = null;
  };
}

const lacking = (of: Language) => [...wanted].filter(part => !learnt[of].has(part));

/** Learn what is lacking, also what screens opened meanwhile ask for. */
async function learnAll(of: Language): Promise<void> {
  while (lacking(of).length > 0) await learnParts(of);
}

async function learnParts(of: Language): Promise<void> {
  const parts = lacking(of);
  if (parts.length === 0) return;
  // All Welsh stands behind one import, so that the first script holds nothing of it.
  const load = of === 'cy' ? (await import('../locales/cy')).load : loadEnglish;
  await Promise.all(parts.map(async part => learn(part, await load(part), of)));
}

async function loadEnglish(part: Part): Promise<Phrases> {
  const load = englishParts[`../locales/en/${part}.ts`];
  if (!load) throw new Error(`No words for ${part}`);
  return (await load()).default;
}

/** A phrase in the reader's language, its holes filled: `t('caseload.people', { count: 38 })`. */
export function t<K extends Key>(key: K, ...[values]: Values<K>): string {
  return say(language.value, key, values);
}

/** The same in another language: a line to somebody beside the reader. Mark it with `lang`. */
export function tIn<K extends Key>(spoken: Language, key: K, ...[values]: Values<K>): string {
  return say(spoken, key, values);
}

/** A phrase whose key is only known at run time (a code from the server), or null where there is none. */
export function phraseFor(part: Part, name: string, values?: Record<string, string | number>): string | null {
  const phrase = phraseIn(language.value, part, name);
  return phrase === undefined ? null : fill(phrase, language.value, values);
}

function say(spoken: Language, key: string, values?: object): string {
  const dot = key.indexOf('.');
  const phrase = phraseIn(spoken, key.slice(0, dot), key.slice(dot + 1));
  return phrase === undefined ? key : fill(phrase, spoken, values as Record<string, string | number>);
}

function phraseIn(spoken: Language, part: string, name: string): Phrase | undefined {
  return learnt[spoken].get(part)?.[name] ?? learnt.en.get(part)?.[name];
}

function fill(phrase: Phrase, spoken: Language, values: Record<string, string | number> = {}): string {
  const text = typeof phrase === 'string' ? phrase : formOf(phrase, spoken, Number(values['count']));
  return text.replace(/\{(\w+)\}(\.?)/g, (hole, name: string, stop: string) => {
    const given = values[name];
    if (given === undefined) return hole;
    const value = typeof given === 'number' && given >= 10_000 ? given.toLocaleString('en-GB') : given;
    return stop && String(value).endsWith('.') ? String(value) : `${value}${stop}`; // one full stop, also after "Grace O."
  });
}

function formOf(phrase: Plural, spoken: Language, count: number): string {
  return (count === 0 ? phrase.zero : undefined) ?? phrase[numberForm(spoken, count)] ?? phrase.other;
}

/**
 * Which form a number takes, as `Intl.PluralRules` says (a test compares them). Welsh is written out, for browsers on
 * small devices leave its data out and would quietly count in another language.
 */
export function numberForm(spoken: Language, count: number): keyof Plural {
  if (spoken === 'en') return count === 1 ? 'one' : 'other';
  return ({ 0: 'zero', 1: 'one', 2: 'two', 3: 'few', 6: 'many' } as const)[count] ?? 'other';
}

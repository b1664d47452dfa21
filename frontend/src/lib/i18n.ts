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
export type Language = 'en';

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
const loaders = import.meta.glob<{ default: Phrases }>(['../locales/*/*.ts', '!../locales/*/index.ts', '!../locales/en/{app,nav,problems,ui}.ts'], {}) as Record<string, Loader>;

let language: Language = 'en';
let numbers = new Intl.PluralRules('en');
const learnt = new Map<string, Phrases>();

/** Take a part's phrases in; the parts of every page come with the first script this way. */
export function learn(part: Part, phrases: Phrases): void {
  learnt.set(part, phrases);
}

/** Load the phrases of these parts in the language now chosen. A part already learnt costs nothing. */
export async function loadWords(...parts: Part[]): Promise<void> {
  await Promise.all(
    parts.filter(part => !learnt.has(part)).map(async part => {
      const load = loaders[`../locales/${language}/${part}.ts`];
      if (!load) throw new Error(`No words for ${part}`);
      learn(part, (await load()).default);
    }),
  );
}

/** Change the language: what was learnt is forgotten and loaded anew. */
export async function chooseLanguage(next: Language): Promise<void> {
  const parts = [...learnt.keys()] as Part[];
  language = next;
  numbers = new Intl.PluralRules(next);
  learnt.clear();
  await loadWords(...parts);
}

/** A phrase in the reader's language, its holes filled: `t('caseload.people', { count: 38 })`. */
export function t<K extends Key>(key: K, ...[values]: Values<K>): string {
  return fill(phraseAt(key) ?? key, values as Record<string, string | number> | undefined);
}

/** A phrase whose key is only known at run time (a code from the server), or null where there is none. */
export function phraseFor(part: Part, name: string, values?: Record<string, string | number>): string | null {
  const phrase = learnt.get(part)?.[name];
  return phrase === undefined ? null : fill(phrase, values);
}

function phraseAt(key: string): Phrase | undefined {
  const dot = key.indexOf('.');
  return learnt.get(key.slice(0, dot))?.[key.slice(dot + 1)];
}

function fill(phrase: Phrase, values: Record<string, string | number> = {}): string {
  const text = typeof phrase === 'string' ? phrase : formOf(phrase, Number(values['count']));
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

function formOf(phrase: Plural, count: number): string {
  return (count === 0 ? phrase.zero : undefined) ?? phrase[numbers.select(count)] ?? phrase.other;
}

import type { Plural } from '../../lib/i18n';

type HoleIn<Said> = Said extends `${string}{${infer Hole}}${infer Rest}` ? Hole | HoleIn<Rest> : never;
/** A text that has each of these holes somewhere. */
type With<Hole> = (Hole extends string ? (said: `${string}{${Hole}}${string}`) => void : never) extends (said: infer Text) => void ? Text : never;
/** The forms of a counted thing; the count itself may be said in words. */
type FormsOf<English> = { [Form in keyof Plural]: With<Exclude<HoleIn<English[keyof English]>, 'count'>> & string };

/** What a part's Welsh has to be: the same keys as its English, with the same holes. */
export type Translated<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? With<HoleIn<English[Key]>> & string : FormsOf<English[Key]>;
};

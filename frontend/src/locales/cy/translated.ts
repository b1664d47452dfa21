import type { Phrases } from '../../lib/i18n';

/** What a part's Welsh has to be, from its English. */
export type Translated<English> = English extends object ? Phrases : never;

import type { AnyComponent } from 'preact';
import { lazy } from 'preact-iso';
import { loadWords, type Key, type Part } from './i18n';

/** What people may do, as the server names it. */
export type Role =
  | 'worker' | 'manager' | 'adviser' | 'claims-preparer' | 'claims-approver'
  | 'supply-chain' | 'assessor' | 'administrator' | 'operator';

/** One address and the screen that stands there. Without `roles` anybody signed in may open it. */
export interface Route {
  path: string;
  screen: AnyComponent<object>;
  roles?: readonly Role[];
  /** Shown without signing in, and without navigation: sign-in's own pages. */
  open?: boolean;
  /** Shown without the header and navigation: a screen that is handed over. */
  bare?: boolean;
}

/** A tab of the main navigation. Low `order` stands first; `count` is read on every paint and may read signals. */
export interface NavEntry {
  path: string;
  label: Key;
  order: number;
  roles: readonly Role[];
  count?: () => number | null;
  tone?: 'needs';
  /** Whether it stands there now, where the roles alone do not say; read on every paint like `count`. */
  when?: () => boolean;
}

/** What a feature adds to the app: its `index.ts` exports one as `feature`, and the app finds it there. */
export interface Feature {
  routes: readonly Route[];
  nav?: readonly NavEntry[];
  /** Called once for each person who signs in, after the store is open (to show what is here, then refresh it). */
  start?: () => void;
}

/**
 * A screen loaded when first opened, together with the words it needs. Where it does not come it breaks, so that the app
 * says so and offers to open the page anew; the page before would otherwise stand there as if nothing had been asked for.
 */
export function screen(
  words: readonly Part[],
  load: () => Promise<{ default: AnyComponent<object> }>,
): AnyComponent<object> {
  return lazy(async () => {
    try {
      const [module] = await Promise.all([load(), loadWords(...words)]);
      return module.default;
    } catch (error) {
      return () => {
        throw error;
      };
    }
  });
}

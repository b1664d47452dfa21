import type { PageKeeper } from '../lib/use-pages';
import { keepList, keptList } from './kept';
import { currentSession, currentStore } from './session';

const scopeOf = (key: string) => `${currentSession().membership.id}:page:${key}`;

/** Keeps first pages in the signed-in person's store; they are forgotten when they sign out. */
export const pageKeeper: PageKeeper = {
  read: async key => (await keptList(currentStore(), scopeOf(key)))?.rows ?? null,
  write: (key, rows) => keepList(currentStore(), { scope: scopeOf(key), etag: null, rows, fetched_at: new Date().toISOString() }),
};

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { failureWords } from './problems';
import type { Answer } from './result';

interface PageOf<T> {
  items: T[];
  next?: string | null;
}

/** What a screen has of a list that comes page by page. */
export interface Pages<T> {
  /** All pages so far; null until the first is here. */
  items: T[] | null;
  hasMore: boolean;
  busy: boolean;
  /** Why the last page did not come, in words. */
  failure: string | null;
  more: () => void;
  reload: () => void;
}

/** Where first pages are kept on this device, so that the next time they are shown at once. */
export interface PageKeeper {
  read: (key: string) => Promise<unknown[] | null>;
  write: (key: string, items: unknown[]) => Promise<void>;
}

interface State<T> {
  key: string;
  items: T[] | null;
  next: string | null;
  busy: boolean;
  failure: string | null;
}

/**
 * Ask for a list when the screen opens and whenever `key` changes, and for its next page when that is wanted.
 * @param keeper Keeps the first page, to be shown at once and while there is no connection.
 */
export function usePages<T>(key: string, ask: (after: string | null) => Promise<Answer<PageOf<T>>>, keeper?: PageKeeper): Pages<T> {
  const [state, setState] = useState<State<T>>({ key, items: null, next: null, busy: true, failure: null });
  const latest = useRef(key);
  latest.current = key;
  const load = useCallback((after: string | null) => {
    setState(before => ({ ...(before.key === key ? before : { key, items: null, next: null, failure: null }), busy: true }));
    if (after === null) {
      void keeper?.read(key).then(kept => {
        if (kept && latest.current === key) setState(before => (before.items ? before : { ...before, key, items: kept as T[] }));
      });
    }
    void ask(after).then(answer => {
      if (latest.current !== key) return;
      if (after === null && answer.kind === 'ok') void keeper?.write(key, answer.data.items);
      setState(before => {
        const earlier = before.key === key ? before.items : null;
        if (answer.kind !== 'ok') {
          // Offline is no failure where the first page is here: the shell says that there is no connection.
          const isHere = answer.kind === 'offline' && after === null && earlier !== null;
          return { ...before, key, items: earlier, busy: false, failure: isHere ? null : failureWords(answer) };
        }
        const items = after === null ? answer.data.items : [...(earlier ?? []), ...answer.data.items];
        return { key, items, next: answer.data.next ?? null, busy: false, failure: null };
      });
    });
  }, [key]);
  useEffect(() => load(null), [load]);
  const isThis = state.key === key;
  return {
    items: isThis ? state.items : null,
    hasMore: isThis && state.next !== null,
    busy: state.busy,
    failure: isThis ? state.failure : null,
    more: () => load(state.next),
    reload: () => load(null),
  };
}

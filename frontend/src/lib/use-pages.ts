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

interface State<T> {
  key: string;
  items: T[] | null;
  next: string | null;
  busy: boolean;
  failure: string | null;
}

/** Ask for a list when the screen opens and whenever `key` changes, and for its next page when that is wanted. */
export function usePages<T>(key: string, ask: (after: string | null) => Promise<Answer<PageOf<T>>>): Pages<T> {
  const [state, setState] = useState<State<T>>({ key, items: null, next: null, busy: true, failure: null });
  const latest = useRef(key);
  latest.current = key;
  const load = useCallback((after: string | null) => {
    setState(before => ({ ...(before.key === key ? before : { key, items: null, next: null, failure: null }), busy: true }));
    void ask(after).then(answer => {
      if (latest.current !== key) return;
      setState(before => {
        const earlier = before.key === key ? before.items : null;
        if (answer.kind !== 'ok') return { ...before, key, items: earlier, busy: false, failure: failureWords(answer) };
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

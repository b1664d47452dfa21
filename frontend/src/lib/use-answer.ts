import { useCallback, useEffect, useState } from 'preact/hooks';
import { failureWords } from './problems';
import type { Answer } from './result';

/** What a screen has of something it asked for: the last good answer stays while a newer one is fetched. */
export interface Asked<T> {
  data: T | null;
  /** Why the last request brought nothing, in words; null when it did. */
  failure: string | null;
  busy: boolean;
  reload: () => void;
}

/** Ask when the screen opens and whenever `key` changes. */
export function useAnswer<T>(key: string, ask: () => Promise<Answer<T>>): Asked<T> {
  const [found, setFound] = useState<{ key: string; data: T | null; failure: string | null }>({ key, data: null, failure: null });
  const [busy, setBusy] = useState(true);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    setBusy(true);
    void ask().then(answer => {
      if (!isCurrent) return;
      setBusy(false);
      if (answer.kind === 'unchanged') return;
      setFound(before => ({
        key,
        data: answer.kind === 'ok' ? answer.data : before.key === key ? before.data : null,
        failure: failureWords(answer),
      }));
    });
    return () => {
      isCurrent = false;
    };
  }, [key, turn]);
  const reload = useCallback(() => setTurn(before => before + 1), []);
  return { data: found.key === key ? found.data : null, failure: found.failure, busy, reload };
}

import { useCallback, useEffect, useState } from 'preact/hooks';
import { failureWords } from '../lib/problems';
import type { Answer } from '../lib/result';
import type { Asked } from '../lib/use-answer';
import { keepList, keptList } from './kept';
import { currentSession, currentStore } from './session';

/**
 * Ask as `useAnswer` does, and keep the answer on this device: next time it is shown at once, then refreshed quietly.
 * It is forgotten when its reader signs out.
 */
export function useKept<T>(key: string, ask: () => Promise<Answer<T>>): Asked<T> {
  const [found, setFound] = useState<{ key: string; data: T | null; failure: string | null }>({ key, data: null, failure: null });
  const [busy, setBusy] = useState(true);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let gone = false;
    void load();
    return () => void (gone = true);

    async function load() {
      setBusy(true);
      const store = currentStore();
      const scope = `${currentSession().membership.id}:${key}`;
      const kept = (await keptList(store, scope))?.rows[0] as T | undefined;
      if (gone) return;
      if (kept !== undefined) setFound(before => (before.key === key && before.data !== null ? before : { key, data: kept, failure: null }));
      const answer = await ask();
      if (gone) return;
      setBusy(false);
      if (answer.kind === 'unchanged') return;
      if (answer.kind === 'ok') {
        setFound({ key, data: answer.data, failure: null });
        return keepList(store, { scope, etag: null, rows: [answer.data], fetched_at: new Date().toISOString() });
      }
      // Offline is no failure where the answer of last time is here: the shell says that there is no connection.
      setFound(before => {
        const data = before.key === key ? before.data : null;
        return { key, data, failure: answer.kind === 'offline' && data !== null ? null : failureWords(answer) };
      });
    }
  }, [key, turn]);
  const reload = useCallback(() => setTurn(before => before + 1), []);
  return { data: found.key === key ? found.data : null, failure: found.failure, busy, reload };
}

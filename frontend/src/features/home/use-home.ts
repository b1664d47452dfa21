import { useEffect, useState } from 'preact/hooks';
import { getHome, type Home } from '../../api/home';
import { keepList, keptList } from '../../store/kept';
import { notHereWords } from '../../store/not-here';
import { currentSession, currentStore } from '../../store/session';

/** Today's work: as kept on this device at once, then as the server has it. */
export function useHome(): { home: Home | null; failure: string | null } {
  const [state, setState] = useState<{ home: Home | null; failure: string | null }>({ home: null, failure: null });
  useEffect(() => {
    let gone = false;
    void load();
    return () => {
      gone = true;
    };

    async function load() {
      const store = currentStore();
      const scope = `${currentSession().membership.id}:home`;
      const kept = await keptList(store, scope);
      if (kept && !gone) setState({ home: { sections: kept.rows as Home['sections'] }, failure: null });
      const answer = await getHome();
      if (gone) return;
      if (answer.kind === 'ok') {
        setState({ home: answer.data, failure: null });
        await keepList(store, { scope, etag: null, rows: answer.data.sections, fetched_at: new Date().toISOString() });
      } else if (!kept) {
        setState({ home: null, failure: notHereWords(answer) });
      }
    }
  }, []);
  return state;
}

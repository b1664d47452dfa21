import { useEffect, useState } from 'preact/hooks';
import { getCaseload, searchPeople, type CaseloadFilter, type CaseloadRow } from '../../api/people';
import { failureWords } from '../../lib/problems';
import type { Answer } from '../../lib/result';
import { keepList, keptList } from '../../store/kept';
import { currentSession, currentStore } from '../../store/session';

export interface CaseloadState {
  rows: CaseloadRow[] | null;
  /** Of all pages together. */
  count: number;
  next: string | null;
  busy: boolean;
  failure: string | null;
}

const NOTHING: CaseloadState = { rows: null, count: 0, next: null, busy: true, failure: null };

/** The people of a scope: those kept on this device at once, then as the server has them; or those a search finds. */
export function useCaseload(filter: CaseloadFilter, text: string): CaseloadState & { more: () => void } {
  const [state, setState] = useState<CaseloadState>(NOTHING);
  const { scope, state: stage, needs, look } = filter;
  const wanted = text.trim();

  useEffect(() => {
    let gone = false;
    const set = (change: (before: CaseloadState) => CaseloadState) => {
      if (!gone) setState(change);
    };
    set(() => NOTHING);
    const timer = setTimeout(() => void load(), wanted ? 250 : 0);
    return () => {
      gone = true;
      clearTimeout(timer);
    };

    async function load() {
      const key = `${currentSession().membership.id}:${scope}:${stage ?? ''}:${needs ?? ''}${look ? `:${look}` : ''}`;
      const kept = await keptList(currentStore(), key);
      if (kept) set(() => keptState(kept.rows as CaseloadRow[], wanted, kept.total));
      const answer = wanted ? await searchPeople(wanted, scope) : await getCaseload(filter);
      set(before => withAnswer(before, answer));
      if (!wanted && answer.kind === 'ok') {
        const { items, count } = answer.data;
        await keepList(currentStore(), { scope: key, etag: answer.etag, rows: items, total: count, fetched_at: new Date().toISOString() });
      }
    }
  }, [scope, stage, needs, look, wanted]);

  const more = () => {
    setState(before => ({ ...before, busy: true }));
    void getCaseload({ ...filter, after: state.next }).then(answer => setState(before => withNextPage(before, answer)));
  };
  return { ...state, more };
}

/** Those kept here; while somebody types, those of them whose name or reference fits. */
function keptState(rows: CaseloadRow[], wanted: string, total: number | undefined): CaseloadState {
  const fits = (row: CaseloadRow) => `${row.short_name} ${row.reference}`.toLowerCase().includes(wanted.toLowerCase());
  const found = wanted ? rows.filter(fits) : rows;
  return { rows: found, count: wanted ? found.length : (total ?? found.length), next: null, busy: true, failure: null };
}

type PageAnswer = Answer<{ items: CaseloadRow[]; count: number; next: string | null }>;

function withAnswer(before: CaseloadState, answer: PageAnswer): CaseloadState {
  if (answer.kind === 'ok') return { rows: answer.data.items, count: answer.data.count, next: answer.data.next, busy: false, failure: null };
  // Offline is no failure where the list is here: the shell says it.
  const failure = answer.kind === 'offline' && before.rows ? null : failureWords(answer);
  return { ...before, busy: false, failure };
}

function withNextPage(before: CaseloadState, answer: PageAnswer): CaseloadState {
  if (answer.kind !== 'ok') return { ...before, busy: false, failure: failureWords(answer) };
  return { ...before, rows: [...(before.rows ?? []), ...answer.data.items], next: answer.data.next, busy: false, failure: null };
}

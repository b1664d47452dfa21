import { useEffect, useState } from 'preact/hooks';
import { getCaseload, searchPeople, type Caseload, type CaseloadFilter, type CaseloadRow } from '../../api/people';
import { failureWords } from '../../lib/problems';
import type { Answer } from '../../lib/result';
import { keepList, keptList, type KeptList } from '../../store/kept';
import { notHereWords } from '../../store/not-here';
import { currentSession, currentStore, whenLeft } from '../../store/session';

export interface CaseloadState {
  rows: CaseloadRow[] | null;
  /** Of all pages together. */
  count: number;
  next: string | null;
  busy: boolean;
  failure: string | null;
}

const NOTHING: CaseloadState = { rows: null, count: 0, next: null, busy: true, failure: null };

/** The list that was last read from this device: whoever comes back to it need not wait for the key to open it again. */
let atHand: KeptList | null = null;
whenLeft(() => (atHand = null));

/** The people of a scope: those kept on this device at once, then as the server has them; or those a search finds. */
export function useCaseload(filter: CaseloadFilter, text: string): CaseloadState & { more: () => void } {
  const { scope, state: stage, needs, look } = filter;
  const wanted = text.trim();
  const key = `${currentSession().membership.id}:${scope}:${stage ?? ''}:${needs ?? ''}${look ? `:${look}` : ''}`;
  const [state, setState] = useState(() => stateOf(atHand, key, wanted));

  useEffect(() => {
    let gone = false;
    const set = (change: (before: CaseloadState) => CaseloadState) => {
      if (!gone) setState(change);
    };
    set(() => stateOf(atHand, key, wanted));
    const timer = setTimeout(() => void load(), wanted ? 250 : 0);
    return () => {
      gone = true;
      clearTimeout(timer);
    };

    async function load() {
      const kept = await keptList(currentStore(), key);
      if (gone) return;
      if (kept?.fetched_at !== atHand?.fetched_at || kept?.scope !== atHand?.scope) {
        atHand = kept ?? null;
        set(() => stateOf(atHand, key, wanted));
      }
      const answer = wanted ? await searchPeople(wanted, scope) : await getCaseload(filter);
      set(before => withAnswer(before, answer));
      if (!wanted && answer.kind === 'ok') {
        const { count } = answer.data;
        const rows = withTheRest(answer.data, kept?.rows as CaseloadRow[] | undefined);
        const fresh = { scope: key, etag: answer.etag, rows, total: count, fetched_at: new Date().toISOString() };
        if (!gone) atHand = fresh;
        await keepList(currentStore(), fresh);
      }
    }
  }, [key, wanted]);

  const more = () => {
    const { next } = state;
    setState(before => ({ ...before, busy: true }));
    void getCaseload({ ...filter, after: next }).then(answer => setState(before => withNextPage(before, next, answer)));
  };
  return { ...state, more };
}

/** A first page, and behind it those who were kept here from further pages: without a connection they must be found, too. */
function withTheRest({ items, count, next }: Caseload, kept: readonly CaseloadRow[] = []): CaseloadRow[] {
  if (!next) return items;
  const first = new Set(items.map(row => row.enrolment_id));
  return [...items, ...kept.filter(row => !first.has(row.enrolment_id))].slice(0, count);
}

/** Those kept here; while somebody types, those of them whose name or reference fits. */
function stateOf(kept: KeptList | null, key: string, wanted: string): CaseloadState {
  if (kept?.scope !== key) return NOTHING;
  const rows = kept.rows as CaseloadRow[];
  const fits = (row: CaseloadRow) => `${row.short_name} ${row.reference}`.toLowerCase().includes(wanted.toLowerCase());
  const found = wanted ? rows.filter(fits) : rows;
  return { rows: found, count: wanted ? found.length : (kept.total ?? found.length), next: null, busy: true, failure: null };
}

type PageAnswer = Answer<{ items: CaseloadRow[]; count: number; next: string | null }>;

function withAnswer(before: CaseloadState, answer: PageAnswer): CaseloadState {
  if (answer.kind === 'ok') return { rows: answer.data.items, count: answer.data.count, next: answer.data.next, busy: false, failure: null };
  // Offline is no failure where the list is here: the shell says it.
  const failure = answer.kind === 'offline' && before.rows ? null : notHereWords(answer);
  return { ...before, busy: false, failure };
}

/** The list with the page after a cursor; as it was where it is another list by now, or that page is here already. */
export function withNextPage(before: CaseloadState, after: string | null, answer: PageAnswer): CaseloadState {
  if (before.next !== after) return before;
  if (answer.kind !== 'ok') return { ...before, busy: false, failure: failureWords(answer) };
  return { ...before, rows: [...(before.rows ?? []), ...answer.data.items], next: answer.data.next, busy: false, failure: null };
}

import { useEffect, useState } from 'preact/hooks';
import { getInstruments, getMilestoneKinds, type Instrument, type MilestoneKind } from '../api/library';
import { failureWords } from '../lib/problems';
import type { Answer } from '../lib/result';
import type { Store } from './database';
import { keepList, keptList } from './kept';
import { currentSession, currentStore } from './session';

/** A list that the device keeps: what is here, or why nothing is. */
export interface Library<T> {
  items: readonly T[] | null;
  failure: string | null;
}

interface Shelf<T> {
  name: string;
  fetch: () => Promise<Answer<{ items: T[] }>>;
}

const INSTRUMENTS: Shelf<Instrument> = { name: 'instruments', fetch: getInstruments };
const MILESTONE_KINDS: Shelf<MilestoneKind> = { name: 'milestone-kinds', fetch: getMilestoneKinds };

/** Bring what a rating needs onto this device, before there is no connection. */
export function refreshInstruments(): Promise<Library<Instrument>> {
  return refresh(INSTRUMENTS);
}

/** Bring what a milestone needs onto this device, before there is no connection. */
export function refreshMilestoneKinds(): Promise<Library<MilestoneKind>> {
  return refresh(MILESTONE_KINDS);
}

/** The instruments: those kept here at once, then as they are now. */
export function useInstruments(): Library<Instrument> {
  return useShelf(INSTRUMENTS);
}

/** The milestone kinds: those kept here at once, then as they are now. */
export function useMilestoneKinds(): Library<MilestoneKind> {
  return useShelf(MILESTONE_KINDS);
}

function useShelf<T>(shelf: Shelf<T>): Library<T> {
  const [library, setLibrary] = useState<Library<T>>({ items: null, failure: null });
  useEffect(() => {
    let gone = false;
    void (async () => {
      const kept = await keptList(currentStore(), scopeOf(shelf));
      if (kept && !gone) setLibrary({ items: kept.rows as T[], failure: null });
      const fresh = await refresh(shelf);
      if (!gone && (fresh.items || !kept)) setLibrary(fresh);
    })();
    return () => void (gone = true);
  }, [shelf]);
  return library;
}

async function refresh<T>(shelf: Shelf<T>): Promise<Library<T>> {
  const answer = await shelf.fetch();
  if (answer.kind !== 'ok') return { items: null, failure: failureWords(answer) };
  const { items } = answer.data;
  await keepList(currentStore(), { scope: scopeOf(shelf), etag: answer.etag, rows: items, fetched_at: new Date().toISOString() }, true);
  return { items, failure: null };
}

function scopeOf({ name }: { name: string }): string {
  return `${currentSession().membership.id}:${name}`;
}

/** Whether this device holds what rating and milestones need. */
export async function holdsLibrary(store: Store): Promise<boolean> {
  const kept = await Promise.all([INSTRUMENTS, MILESTONE_KINDS].map(shelf => keptList(store, scopeOf(shelf))));
  return kept.every(list => list !== undefined && list.rows.length > 0);
}

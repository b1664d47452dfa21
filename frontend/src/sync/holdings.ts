import { computed, signal } from '@preact/signals';
import { send } from '../api/client';
import { getHome } from '../api/home';
import { getCaseload, type CaseloadRow } from '../api/people';
import { noteContact } from '../store/expiry';
import { forgetJourneys, keepJourney, keepList, keptInAnother, keptList, keptRevisions } from '../store/kept';
import type { Store } from '../store/database';
import { currentSession } from '../store/session';
import { isFull, isNoRoom } from '../store/space';

type Held = [enrolmentId: string, revision: number];

/** How far a first load has come. */
export interface Progress {
  done: number;
  total: number;
}

/** As many journeys as a weak signal bears at once. */
const AT_ONCE = 6;
const LIST = 'holdings';

const ready = signal<string | null>(null);
const loading = signal<Progress | null>(null);

/** When everything this device may hold was last found to be here; null until then. */
export const readyAt = computed(() => ready.value);
/** How far journeys that are being fetched have come; null while none are. */
export const loadingProgress = computed(() => loading.value);

/**
 * Bring this device up to date: fetch each journey whose revision or language differs, forget what it may hold no longer.
 * @returns whether everything is here.
 */
export function refreshHoldings(store: Store): Promise<boolean> {
  running ??= fetchHoldings(store).catch(withoutRoom).finally(() => {
    running = null;
    loading.value = null;
  });
  return running;
}

/** No more fits: what came is kept, and the tablet says that it is not ready. */
function withoutRoom(error: unknown): false {
  if (!isNoRoom(error)) throw error;
  isFull.value = true;
  return false;
}

let running: Promise<boolean> | null = null;

async function fetchHoldings(store: Store): Promise<boolean> {
  if (await store.cabinet.isLocked()) return false;
  const before = await keptList(store, LIST);
  const answer = await send<Held[]>('GET', '/api/holdings', undefined, { ifNoneMatch: before?.etag ?? null });
  if (answer.kind !== 'ok' && answer.kind !== 'unchanged') return false;
  const held = answer.kind === 'ok' ? answer.data : ((before?.rows ?? []) as Held[]);
  const etag = answer.kind === 'ok' ? answer.etag : (before?.etag ?? null);
  await keepList(store, { scope: LIST, etag, rows: held, fetched_at: new Date().toISOString() });
  await noteContact(store);
  const kept = await keptRevisions(store);
  const mayHold = new Set(held.map(([enrolmentId]) => enrolmentId));
  await forgetJourneys(store, [...kept.keys()].filter(enrolmentId => !mayHold.has(enrolmentId)));
  if (answer.kind === 'ok' || !(await holdsLists(store))) await fetchLists(store);
  const another = await keptInAnother(store, currentSession().user.language);
  const isStale = ([enrolmentId, revision]: Held) => kept.get(enrolmentId) !== revision || another.has(enrolmentId);
  if (!(await fetchAll(store, held.filter(isStale)))) return false;
  ready.value = new Date().toISOString();
  return true;
}

/** Where the lists that lead to people are kept, as their screens look for them. */
const scopes = () => ({ people: `${currentSession().membership.id}:mine:live:`, home: `${currentSession().membership.id}:home` });

/** The lists from which people are opened: they must be here although nobody has looked at them today. */
async function fetchLists(store: Store): Promise<void> {
  const { people, home } = scopes();
  const [caseload, day] = await Promise.all([everyoneOfMine(), getHome()]);
  const fetched_at = new Date().toISOString();
  if (caseload) await keepList(store, { scope: people, etag: null, rows: caseload, total: caseload.length, fetched_at });
  if (day.kind === 'ok') await keepList(store, { scope: home, etag: null, rows: day.data.sections, fetched_at });
}

/** All of one's own people, page by page; null where a page did not come. */
async function everyoneOfMine(): Promise<CaseloadRow[] | null> {
  const rows: CaseloadRow[] = [];
  let after: string | null = null;
  do {
    const page = await getCaseload({ scope: 'mine', state: 'live', after });
    if (page.kind !== 'ok') return null;
    rows.push(...page.data.items);
    after = page.data.next;
  } while (after);
  return rows;
}

/** Whether the lists that lead to people are here. */
export async function holdsLists(store: Store): Promise<boolean> {
  const kept = await Promise.all(Object.values(scopes()).map(scope => keptList(store, scope)));
  return kept.every(list => Boolean(list?.fetched_at));
}

/** Several at a time, the rest as each comes. */
async function fetchAll(store: Store, wanted: Held[]): Promise<boolean> {
  const queue = [...wanted];
  let isWhole = true;
  if (queue.length > 1) loading.value = { done: 0, total: queue.length };
  const fetchNext = async () => {
    for (let next = queue.shift(); next && isWhole; next = queue.shift()) {
      isWhole &&= await fetchJourney(store, ...next);
      if (loading.value) loading.value = { ...loading.value, done: loading.value.done + 1 };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
  return isWhole;
}

async function fetchJourney(store: Store, enrolmentId: string, revision: number): Promise<boolean> {
  const { language } = currentSession().user;
  const answer = await send<unknown>('GET', `/api/journeys/${enrolmentId}`);
  if (answer.kind === 'problem') return true; // gone meanwhile, or refused: the next list will not name it
  if (answer.kind !== 'ok') return false;
  const fetched_at = new Date().toISOString();
  await keepJourney(store, { enrolment_id: enrolmentId, revision, etag: answer.etag, journey: answer.data, fetched_at, language });
  return true;
}

/** How many of those this device may hold are not here; null while it does not know whom it may hold. */
export async function missingJourneys(store: Store): Promise<number | null> {
  const list = await keptList(store, LIST);
  if (!list) return null;
  const kept = await keptRevisions(store);
  return (list.rows as Held[]).filter(([enrolmentId, revision]) => kept.get(enrolmentId) !== revision).length;
}

/** When everything was last found here, from before the app was closed. */
export async function recallReady(store: Store): Promise<void> {
  ready.value = (await keptList(store, LIST))?.fetched_at ?? null;
}

import { computed, signal } from '@preact/signals';
import { send } from '../api/client';
import { forgetJourneys, keepJourney, keptRevisions } from '../store/kept';
import type { Store } from '../store/database';

const ready = signal<string | null>(null);

/** When everything this device may hold was last found to be here; null until then. */
export const readyAt = computed(() => ready.value);

/**
 * Bring this device up to date: fetch each journey whose revision differs, forget what it may hold no longer.
 * @returns whether everything is here.
 */
export function refreshHoldings(store: Store): Promise<boolean> {
  running ??= fetchHoldings(store).finally(() => (running = null));
  return running;
}

let running: Promise<boolean> | null = null;

async function fetchHoldings(store: Store): Promise<boolean> {
  const answer = await send<[enrolmentId: string, revision: number][]>('GET', '/api/holdings');
  if (answer.kind !== 'ok') return false;
  const held = new Map(answer.data);
  const kept = await keptRevisions(store);
  await forgetJourneys(store, [...kept.keys()].filter(enrolmentId => !held.has(enrolmentId)));
  for (const [enrolmentId, revision] of held) {
    if (kept.get(enrolmentId) === revision) continue;
    if (!(await fetchJourney(store, enrolmentId, revision))) return false;
  }
  ready.value = new Date().toISOString();
  return true;
}

async function fetchJourney(store: Store, enrolmentId: string, revision: number): Promise<boolean> {
  const answer = await send<unknown>('GET', `/api/journeys/${enrolmentId}`);
  if (answer.kind === 'problem') return true; // gone meanwhile, or refused: the next list will not name it
  if (answer.kind !== 'ok') return false;
  const fetched_at = new Date().toISOString();
  await keepJourney(store, { enrolment_id: enrolmentId, revision, etag: answer.etag, journey: answer.data, fetched_at });
  return true;
}

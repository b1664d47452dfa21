import { dayOf, dayReached } from '../lib/dates';
import type { PrivateRow } from './cabinet';
import type { Store } from './database';
import { makeRoomFor } from './space';

/** What was typed under a key and not yet recorded, or null. Keys read `<form>:<enrolment id>`. */
export async function draftAt<T>(store: Store, key: string): Promise<T | null> {
  const draft = await store.cabinet.get<T>('drafts', key);
  if (draft) return draft.value;
  const old = await store.run(database => database.get('drafts', key));
  return old && !(await store.cabinet.isLocked()) ? (old.value as T) : null;
}

/** Keep what has been typed so far. */
export async function saveDraft(store: Store, key: string, value: unknown): Promise<void> {
  await makeRoomFor(store, () => store.cabinet.put('drafts', key, value, { saved_at: new Date().toISOString() }));
}

/** The same, to be written with what was made of it; null where it was kept in memory. */
export function preparedDraft(store: Store, key: string, value: unknown): Promise<PrivateRow | null> {
  return store.cabinet.prepared('drafts', key, value, { saved_at: new Date().toISOString() });
}

/** Forget a draft: it was recorded, or given up. */
export async function dropDraft(store: Store, key: string): Promise<void> {
  await store.cabinet.delete('drafts', key);
  await store.run(database => database.delete('drafts', key));
}

/** A draft by its key: which form, about whom, and when it was last touched. */
export interface DraftMark {
  key: string;
  saved_at: string;
}

/** Everything begun and not yet recorded, newest first. */
export async function draftMarks(store: Store): Promise<DraftMark[]> {
  const marks = await store.cabinet.marks('drafts');
  return marks
    .map(({ key, marks: { saved_at } }) => ({ key, saved_at: saved_at ?? '' }))
    .sort((one, other) => other.saved_at.localeCompare(one.saved_at));
}

/** What both have seen of a sitting goes the next day: it would be an earlier score by the time they rate again. */
export async function forgetSeenSittings(store: Store): Promise<void> {
  for (const { key, saved_at } of await draftMarks(store)) {
    if (!key.startsWith('rate:') || dayOf(saved_at) >= dayReached()) continue;
    const sitting = await draftAt<{ stage?: string }>(store, key);
    if (sitting?.stage === 'together') await dropDraft(store, key);
  }
}

/** Bring under the key what an older version kept readable. */
export async function hideOldDrafts(store: Store): Promise<void> {
  if (!(await store.cabinet.hasVault()) || (await store.cabinet.isLocked())) return;
  for (const { key, value } of await store.run(database => database.getAll('drafts'))) {
    if (!(await store.cabinet.get('drafts', key))) await saveDraft(store, key, value);
    await store.run(database => database.delete('drafts', key));
  }
}

import type { Store } from './database';

/** What was typed under a key and not yet recorded, or null. Keys read `<form>:<enrolment id>`. */
export async function draftAt<T>(store: Store, key: string): Promise<T | null> {
  const draft = await store.run(database => database.get('drafts', key));
  return draft ? (draft.value as T) : null;
}

/** Keep what has been typed so far. */
export async function saveDraft(store: Store, key: string, value: unknown): Promise<void> {
  await store.run(database => database.put('drafts', { key, value, saved_at: new Date().toISOString() }));
}

/** Forget a draft: it was recorded, or given up. */
export async function dropDraft(store: Store, key: string): Promise<void> {
  await store.run(database => database.delete('drafts', key));
}

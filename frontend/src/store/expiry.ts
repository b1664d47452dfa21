import { computed, signal } from '@preact/signals';
import { forgetKept } from './kept';
import type { Store } from './database';
import { ifThereIsRoom } from './space';

const DAY_MS = 86_400_000;
const DEFAULT_KEPT_DAYS = 5;
/** How long one may record by reference after names and journeys have gone. */
const REFERENCE_DAYS = 14;

const until = signal<string | null>(null);
const expired = signal(false);

/** When names and journeys leave this device unless it hears from the server; null where none are kept. */
export const keptUntil = computed(() => until.value);
/** Whether they have left, and people stand here by their references. */
export const isByReference = computed(() => expired.value);
/** Whether that is less than a day away. */
export function isLastDay(nowMs = Date.now()): boolean {
  return until.value !== null && !expired.value && Date.parse(until.value) - nowMs < DAY_MS;
}

/** The server answered for this person: what is kept may stay so many days from now. */
export async function noteContact(store: Store, keptDays?: number): Promise<void> {
  const at = Date.now();
  await ifThereIsRoom(() => store.run(async database => {
    const tx = database.transaction('meta', 'readwrite');
    await Promise.all([tx.store.put(at, 'contact_at'), tx.store.put(at, 'seen_at'), keptDays && tx.store.put(keptDays, 'kept_days'), tx.done]);
  }, false));
  await letGo(store);
}

/** Let go of what was kept too long without contact. A clock put back lengthens nothing. */
export async function letGo(store: Store): Promise<void> {
  const { contactAt, seenAt, keptDays } = await clocks(store);
  if (!contactAt) return;
  const goesAt = contactAt + keptDays * DAY_MS;
  until.value = new Date(goesAt).toISOString();
  expired.value = seenAt >= goesAt;
  if (!expired.value) return;
  await forgetKept(store);
  if (seenAt < contactAt + Math.max(keptDays, REFERENCE_DAYS) * DAY_MS) return;
  const references = await store.cabinet.marks('references');
  await store.cabinet.delete('references', ...references.map(({ key }) => key));
}

async function clocks(store: Store): Promise<{ contactAt: number; seenAt: number; keptDays: number }> {
  const [contact, seen, days] = await store.run(async database => {
    const { store: meta } = database.transaction('meta');
    return Promise.all([meta.get('contact_at'), meta.get('seen_at'), meta.get('kept_days')]);
  });
  const seenAt = Math.max(Date.now(), Number(seen ?? 0));
  await ifThereIsRoom(() => store.run(database => database.put('meta', seenAt, 'seen_at'), false));
  return { contactAt: Number(contact ?? 0), seenAt, keptDays: Number(days ?? DEFAULT_KEPT_DAYS) };
}

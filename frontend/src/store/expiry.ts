import { computed, signal } from '@preact/signals';
import type { Moment } from '../lib/dates';
import { forgetKept } from './kept';
import type { Store } from './database';
import { ifThereIsRoom } from './space';

const DAY_MS = 86_400_000;
const DEFAULT_KEPT_DAYS = 5;
/** How long one may record by reference after names and journeys have gone. */
const REFERENCE_DAYS = 14;

/** Names and journeys that left this device. */
interface Gone {
  /** After how many days without contact, and when. */
  days: number;
  at: Moment;
  /** Until when one records by reference; null once that is over, and nobody stands here at all. */
  recordUntil: Moment | null;
}

const until = signal<Moment | null>(null);
const left = signal<Gone | null>(null);

/** When names and journeys leave this device unless it hears from the server; null where none are kept. */
export const keptUntil = computed(() => until.value);
/** What left here, and when; null while it is here. */
export const gone = computed(() => left.value);
/** Whether they have left, and people stand here by their references. */
export const isByReference = computed(() => left.value !== null);
/** Whether that is less than a day away. */
export function isLastDay(nowMs = Date.now()): boolean {
  return until.value !== null && !left.value && Date.parse(until.value) - nowMs < DAY_MS;
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
  if (!contactAt) return void ([until.value, left.value] = [null, null]); // who was here before is no concern of theirs
  const goesAt = contactAt + keptDays * DAY_MS;
  until.value = new Date(goesAt).toISOString();
  if (seenAt < goesAt) return void (left.value = null);
  const referenceDays = Math.max(keptDays, REFERENCE_DAYS);
  const recordUntil = contactAt + referenceDays * DAY_MS;
  const isOver = seenAt >= recordUntil;
  left.value = {
    days: isOver ? referenceDays : keptDays, at: new Date(goesAt).toISOString(), recordUntil: isOver ? null : new Date(recordUntil).toISOString(),
  };
  await forgetKept(store);
  if (!isOver) return;
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

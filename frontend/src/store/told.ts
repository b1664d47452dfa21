import { dayOf, noteDay, type Moment } from '../lib/dates';
import type { Store } from './database';
import { ifThereIsRoom } from './space';

/** What the server said of the time when nothing waited, and the last number given out by then: higher ones came later. */
export interface Told {
  told_at: Moment;
  told_sequence: number;
}

/**
 * Keep what the server says of the time. While something waits the word before stays: that one came before what waits,
 * and so it is what the server can put a wrong clock right by.
 */
export async function noteTold(store: Store, serverTime: Moment): Promise<void> {
  noteDay(dayOf(serverTime));
  await ifThereIsRoom(() => store.run(async database => {
    const tx = database.transaction(['outbox', 'meta'], 'readwrite');
    const meta = tx.objectStore('meta');
    const waits = (await tx.objectStore('outbox').getAll()).some(row => !row.parked);
    if (!waits) {
      await meta.put(Number(await meta.get('sequence')), 'told_sequence');
      await meta.put(serverTime, 'told_at');
    }
    await tx.done;
  }, false));
}

/** What was kept of it; null before there was any. */
export async function keptTold(store: Store): Promise<Told | null> {
  const [at, sequence] = await store.run(async database => {
    const { store: meta } = database.transaction('meta');
    return Promise.all([meta.get('told_at'), meta.get('told_sequence')]);
  });
  return at === undefined ? null : { told_at: String(at), told_sequence: Number(sequence) };
}

/** Know again, without the server, what day has surely come. */
export async function recallTold(store: Store): Promise<void> {
  const told = await keptTold(store);
  if (told) noteDay(dayOf(told.told_at));
}

import { signal } from '@preact/signals';
import type { Store } from './database';

/** A device this full takes no more photos, so that words always find room. */
const FULL = 0.9;
/** What the browser may keep beside a photo: its sealed form, and its draft. */
const COPIES = 2;
/**
 * Set aside in each person's store, to be let go of when the browser gives no more room. Browsers no longer say how much
 * there is, and where a database is full, deleting small things first makes it larger: only what is large is free at once.
 */
export const RESERVE_BYTES = 12 * 1024 * 1024;

/** There was no room for it, or the tablet failed otherwise. */
export type Unwritten = 'no-room' | 'broken';

/** Set while something found no room; the app says so until there is some again. */
export const isFull = signal(false);

/** Why nothing can be written, while that is so: what is typed stands on the screen alone. */
export const unkept = signal<Unwritten | null>(null);
/** Why something could not be recorded just now; the app says so until that has been read. */
export const unsaved = signal<Unwritten | null>(null);

/** Nothing of what was to be recorded is on this device, and the person has been told. */
export class NotSaved extends Error {
  override name = 'NotSaved';
}

/** Tell that something could not be recorded. @returns what to throw, so that nothing goes on as if it had been. */
export function whyNotSaved(error: unknown): NotSaved {
  unsaved.value = whyOf(error);
  return new NotSaved('Not saved', { cause: error });
}

function whyOf(error: unknown): Unwritten {
  return isNoRoom(error) ? 'no-room' : 'broken';
}

export function isNoRoom(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

/** Set room aside for words, where it is not; after what was here has been sent there may be some again. */
export async function keepReserve(store: Store): Promise<void> {
  if (await store.run(database => database.getKey('meta', 'reserve'))) return;
  isFull.value = !(await isWritten(store, 'reserve', RESERVE_BYTES));
}

/** Let go of what was set aside. @returns whether there was any. */
export async function letGoOfReserve(store: Store): Promise<boolean> {
  isFull.value = true;
  const had = await store.run(database => database.getKey('meta', 'reserve'), false);
  if (had) await store.run(database => database.delete('meta', 'reserve'), false);
  return had !== undefined;
}

/** Whether a file of this size may still be added; words are never asked. It is tried out: no browser tells. */
export async function hasRoomFor(store: Store, bytes: number): Promise<boolean> {
  if (isFull.value) return false;
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota && (usage ?? 0) + bytes * COPIES >= quota * FULL) return false;
  const fits = await isWritten(store, 'trial', bytes * COPIES);
  await store.run(database => database.delete('meta', 'trial'), false);
  if (!fits) isFull.value = true;
  return fits;
}

async function isWritten(store: Store, key: string, bytes: number): Promise<boolean> {
  try {
    await store.run(database => database.put('meta', noise(bytes), key), false);
    return true;
  } catch (error) {
    if (isNoRoom(error)) return false;
    throw error;
  }
}

const NOISE_AT_ONCE = 65_536;

/** Bytes that no browser makes smaller as it writes them. */
function noise(bytes: number): ArrayBuffer {
  const whole = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += NOISE_AT_ONCE) crypto.getRandomValues(whole.subarray(at, at + NOISE_AT_ONCE));
  return whole.buffer;
}

/**
 * Write what a person made; where even what was set aside is gone, let go of what the server has, and write again.
 * While it cannot be written, whatever the reason, the app says so.
 */
export async function makeRoomFor<T>(store: Store, write: () => Promise<T>): Promise<T> {
  try {
    const made = await write().catch(async (error: unknown) => {
      if (!isNoRoom(error)) throw error;
      const { cabinet } = store;
      for (const area of ['received', 'journeys'] as const) {
        await cabinet.delete(area, ...(await cabinet.marks(area)).map(({ key }) => key));
      }
      return write();
    });
    unkept.value = null;
    return made;
  } catch (error) {
    unkept.value = whyOf(error);
    throw error;
  }
}

/** Write what only helps: where there is no room for it, do without. */
export async function ifThereIsRoom(write: () => Promise<unknown>): Promise<void> {
  await write().catch((error: unknown) => {
    if (!isNoRoom(error)) throw error;
  });
}

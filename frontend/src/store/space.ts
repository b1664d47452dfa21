import { signal } from '@preact/signals';
import type { Store } from './database';

/** A device this full takes no more photos, so that words always find room. */
const FULL = 0.9;
/** What the browser may keep beside a photo: its sealed form, and its draft. */
const COPIES = 2;

/** Set while something found no room; the app says so until something was sent. */
export const isFull = signal(false);

/** Whether a file of this size may still be added; words are never asked. */
export async function hasRoomFor(bytes: number): Promise<boolean> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  if (!quota) return true;
  return (usage ?? 0) + bytes * COPIES < quota * FULL;
}

/** Write; where there is no room, let go of what the server has anyway, and write again. */
export async function makeRoomFor<T>(store: Store, write: () => Promise<T>): Promise<T> {
  try {
    const written = await write();
    isFull.value = false;
    return written;
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error;
    isFull.value = true;
    const { cabinet } = store;
    for (const area of ['received', 'journeys'] as const) {
      await cabinet.delete(area, ...(await cabinet.marks(area)).map(({ key }) => key));
    }
    return write();
  }
}

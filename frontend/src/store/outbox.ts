import type { Problem } from '../lib/result';
import type { About, OutboxItem, QueuedFile, ReceivedItem, Store } from './database';

/** A new record before it has a place in the queue. */
export interface NewItem {
  id: string;
  action: string;
  body: unknown;
  recorded_at: string;
  files: QueuedFile[];
  about: About;
}

/** How many received items a device keeps in view. */
const KEPT_RECEIVED = 50;

/**
 * Add a record and its files in one transaction. Its sequence is the next of this device, without a gap: the number
 * and the item are written together or not at all.
 * @param replaces an item that needed somebody and gives way to this one.
 */
export function addToOutbox(store: Store, item: NewItem, replaces?: string): Promise<OutboxItem> {
  return store.run(async database => {
    const tx = database.transaction(['outbox', 'files', 'meta'], 'readwrite');
    const meta = tx.objectStore('meta');
    const [device, epoch, last] = await Promise.all([meta.get('device'), meta.get('epoch'), meta.get('sequence')]);
    const { files, ...rest } = item;
    const queued: OutboxItem = {
      ...rest,
      device: String(device),
      epoch: Number(epoch),
      sequence: Number(last) + 1,
      schema: 1,
      files: files.map(file => file.sha256),
    };
    if (replaces !== undefined) {
      const key = await tx.objectStore('outbox').index('id').getKey(replaces);
      if (key !== undefined) await tx.objectStore('outbox').delete(key);
    }
    for (const file of files) {
      if (!(await tx.objectStore('files').getKey(file.sha256))) await tx.objectStore('files').put(file);
    }
    await tx.objectStore('outbox').add(queued);
    await meta.put(queued.sequence, 'sequence');
    await tx.done;
    return queued;
  });
}

/** Everything not yet received, oldest first; those that need somebody are among them. */
export function outboxItems(store: Store): Promise<OutboxItem[]> {
  return store.run(database => database.getAll('outbox'));
}

/** What was received lately, newest first. */
export function receivedItems(store: Store): Promise<ReceivedItem[]> {
  return store.run(async database => (await database.getAllFromIndex('received', 'received_at')).reverse());
}

/** What became of one item: taken, or parked with the reason. */
export interface Settled {
  sequence: number;
  receipt?: unknown;
  refusal?: Problem;
}

/** Write what a batch's answer said: taken items move to the received ones, refused ones stay with their reason. */
export function settle(store: Store, settled: Settled[], at: string): Promise<void> {
  return store.run(async database => {
    const tx = database.transaction(['outbox', 'received', 'files'], 'readwrite');
    const outbox = tx.objectStore('outbox');
    for (const { sequence, receipt, refusal } of settled) {
      const item = await outbox.get(sequence);
      if (!item) continue;
      if (refusal) {
        await outbox.put({ ...item, refusal });
        continue;
      }
      await outbox.delete(sequence);
      const { id, action, about, recorded_at } = item;
      await tx.objectStore('received').put({ id, action, about, recorded_at, received_at: at, receipt });
    }
    const stillNeeded = new Set((await outbox.getAll()).flatMap(item => item.files));
    for (const sha256 of await tx.objectStore('files').getAllKeys()) {
      if (!stillNeeded.has(sha256)) await tx.objectStore('files').delete(sha256);
    }
    const received = await tx.objectStore('received').index('received_at').getAllKeys();
    for (const id of received.slice(0, -KEPT_RECEIVED)) await tx.objectStore('received').delete(id);
    await tx.done;
  });
}

/** Take an item out that its author gave up. */
export function removeFromOutbox(store: Store, id: string): Promise<void> {
  return store.run(async database => {
    const tx = database.transaction('outbox', 'readwrite');
    const key = await tx.store.index('id').getKey(id);
    if (key !== undefined) await tx.store.delete(key);
    await tx.done;
  });
}

/** A queued file with its bytes. */
export function queuedFile(store: Store, sha256: string): Promise<QueuedFile | undefined> {
  return store.run(database => database.get('files', sha256));
}

/** Remember that the server holds all of a file. */
export function markFileComplete(store: Store, sha256: string): Promise<void> {
  return store.run(async database => {
    const tx = database.transaction('files', 'readwrite');
    const file = await tx.store.get(sha256);
    if (file) await tx.store.put({ ...file, complete: true });
    await tx.done;
  });
}

import { toBase64url, utf8 } from '../lib/bytes';
import { sha256 } from '../lib/hash';
import type { Problem } from '../lib/result';
import { fileBound, itemBound, type Sealer } from '../lib/seal';
import type { About, OutboxRow, QueuedFile, ReceivedItem, Said, Store } from './database';
import { witnessOutbox, type Reached } from './witness';

/** A new record before it has a place in the queue. */
export interface NewItem {
  id: string;
  action: string;
  body: unknown;
  recorded_at: string;
  files: QueuedFile[];
  about: About;
  isOpening?: boolean;
}

/** An item of the queue, with what it says where that can still be read. */
export interface OutboxItem extends OutboxRow {
  said: Said | null;
}

/** How many received items a device keeps in view. */
const KEPT_RECEIVED = 50;

/**
 * Add a record and its files in one transaction. Its sequence is the next of this person on this device, without a
 * gap: the number and the item are written together or not at all.
 * @param sealer to the server's key; without one, what it says waits open until there is one.
 * @param replaces an item that needed somebody and gives way to this one.
 */
export async function addToOutbox(store: Store, item: NewItem, sealer: Sealer | null, replaces?: string): Promise<OutboxRow> {
  const said: Said = { action: item.action, body: item.body, recorded_at: item.recorded_at, about: item.about };
  const copy = item.isOpening || !sealer ? null : await store.cabinet.prepared('copies', item.id, said);
  for (;;) {
    const place = await nextPlace(store);
    const row: OutboxRow = {
      id: item.id,
      ...place,
      schema: 1,
      files: item.files.map(file => file.sha256),
      ...(replaces === undefined ? {} : { replaces }),
      ...(item.isOpening ? { is_opening: true } : {}),
      ...(sealer ? await sealed(store, { id: item.id, ...place }, said, sealer) : { open: said }),
    };
    const files = await Promise.all(item.files.map(file => sealedFile(store, file, place.device, sealer)));
    if (!(await written(store, row, files, copy))) continue;
    await reached(store);
    return row;
  }
}

/** How far this outbox has come, noted beside the database too. */
export async function reached(store: Store): Promise<Reached> {
  const now = await store.run(async database => {
    const tx = database.transaction(['outbox', 'meta']);
    const meta = tx.objectStore('meta');
    const [epoch, sequence, waiting] = await Promise.all([meta.get('epoch'), meta.get('sequence'), tx.objectStore('outbox').count()]);
    return { epoch: Number(epoch), sequence: Number(sequence), waiting };
  });
  witnessOutbox(store.userId, now);
  return now;
}

type SequencePlace = Pick<OutboxRow, 'device' | 'epoch' | 'sequence'>;

function nextPlace(store: Store): Promise<SequencePlace> {
  return store.run(async database => {
    const meta = database.transaction('meta').store;
    const [device, epoch, last] = await Promise.all([meta.get('device'), meta.get('epoch'), meta.get('sequence')]);
    return { device: String(device), epoch: Number(epoch), sequence: Number(last) + 1 };
  });
}

/** Write an item where its place is still free. @returns false where another took it meanwhile. */
function written(store: Store, row: OutboxRow, files: QueuedFile[], copy: Awaited<ReturnType<Store['cabinet']['prepared']>>): Promise<boolean> {
  return store.run(async database => {
    const tx = database.transaction(['outbox', 'files', 'meta', 'private'], 'readwrite');
    const meta = tx.objectStore('meta');
    if (Number(await meta.get('sequence')) + 1 !== row.sequence) return false;
    if (row.replaces !== undefined) {
      const key = await tx.objectStore('outbox').index('id').getKey(row.replaces);
      if (key !== undefined) await tx.objectStore('outbox').delete(key);
      await tx.objectStore('private').delete(['copies', row.replaces]);
    }
    for (const file of files) {
      if (!(await tx.objectStore('files').getKey(file.sha256))) await tx.objectStore('files').put(file);
    }
    await tx.objectStore('outbox').add(row);
    if (copy) await tx.objectStore('private').put(copy);
    await meta.put(row.sequence, 'sequence');
    await tx.done;
    return true;
  });
}

async function sealed(store: Store, place: SequencePlace & { id: string }, said: Said, sealer: Sealer) {
  const { action, body, recorded_at } = said;
  const bound = itemBound({ ...place, user_id: store.userId });
  const { marks, bytes } = await sealer.seal(utf8(JSON.stringify({ action, body, recorded_at })), bound);
  return { sealed: { ...marks, text: toBase64url(bytes) }, content_sha256: await sha256(bytes) };
}

async function sealedFile(store: Store, file: QueuedFile, device: string, sealer: Sealer | null): Promise<QueuedFile> {
  if (!sealer || file.sealed) return file;
  const { marks, bytes } = await sealer.seal(file.bytes, fileBound({ sha256: file.sha256, user_id: store.userId, device }));
  return { sha256: file.sha256, media_type: file.media_type, bytes, size_bytes: bytes.byteLength, complete: false, sealed: marks };
}

/** Seal what was recorded before a key of the server's was known, and what an older version left open. */
export async function sealOpenItems(store: Store, sealer: Sealer): Promise<void> {
  const rows = await store.run(database => database.getAll('outbox'));
  for (const { open, ...row } of rows) {
    if (!open) continue;
    for (const sha of row.files) await sealFile(store, sha, row.device, sealer);
    const next: OutboxRow = { ...row, ...(await sealed(store, row, open, sealer)) };
    const copy = await store.cabinet.prepared('copies', row.id, open);
    await store.run(async database => {
      const tx = database.transaction(['outbox', 'private'], 'readwrite');
      if (await tx.objectStore('outbox').getKey(row.sequence)) await tx.objectStore('outbox').put(next);
      if (copy) await tx.objectStore('private').put(copy);
      await tx.done;
    });
  }
}

async function sealFile(store: Store, sha: string, device: string, sealer: Sealer): Promise<void> {
  const file = await queuedFile(store, sha);
  // What has begun to travel open arrives open; it is gone from here once it has.
  if (!file || file.sealed || file.complete) return;
  const next = await sealedFile(store, file, device, sealer);
  await store.run(database => database.put('files', next));
}

/** Everything not yet received, oldest first; those that need somebody are among them. No word is read. */
export function outboxRows(store: Store): Promise<OutboxRow[]> {
  return store.run(database => database.getAll('outbox'));
}

/** The same, with what each says where its author's key is here. */
export async function outboxItems(store: Store): Promise<OutboxItem[]> {
  const [rows, copies] = await Promise.all([outboxRows(store), store.cabinet.all<Said>('copies')]);
  const byId = new Map(copies.map(({ key, value }) => [key, value]));
  const isLocked = await store.cabinet.isLocked();
  return rows.map(row => ({ ...row, said: byId.get(row.id) ?? (isLocked ? null : (row.open ?? null)) }));
}

/** What was received lately, newest first. */
export async function receivedItems(store: Store): Promise<ReceivedItem[]> {
  const received = await store.cabinet.all<ReceivedItem>('received');
  return received.map(({ value }) => value).sort((one, other) => other.received_at.localeCompare(one.received_at));
}

/** What became of one item: taken, or parked with the reason. */
export interface Settled {
  sequence: number;
  receipt?: unknown;
  refusal?: Problem;
}

/** Write what a batch's answer said: taken items move to the received ones, refused ones stay with their reason. */
export async function settle(store: Store, settled: Settled[], at: string): Promise<void> {
  const rows = new Map((await outboxRows(store)).map(row => [row.sequence, row]));
  for (const { sequence, receipt, refusal } of settled) {
    const row = rows.get(sequence);
    if (!row) continue;
    const said = (await store.cabinet.get<Said>('copies', row.id))?.value ?? row.open;
    if (refusal) {
      if (said) await store.cabinet.put('copies', row.id, { ...said, refusal });
      await park(store, sequence, refusal);
      continue;
    }
    if (said && !row.is_opening) {
      const { action, about, recorded_at } = said;
      await store.cabinet.put('received', row.id, { id: row.id, action, about, recorded_at, received_at: at, receipt }, { received_at: at });
    }
    await store.run(database => database.delete('outbox', sequence));
    await store.cabinet.delete('copies', row.id);
  }
  await dropNeedless(store);
}

function park(store: Store, sequence: number, { code, status }: Problem): Promise<void> {
  return store.run(async database => {
    const tx = database.transaction('outbox', 'readwrite');
    const row = await tx.store.get(sequence);
    if (row) await tx.store.put({ ...row, parked: { code, status } });
    await tx.done;
  });
}

/** Files and copies that nothing waits for any more, and the oldest of what was received. */
async function dropNeedless(store: Store): Promise<void> {
  const waiting = await store.run(async database => {
    const tx = database.transaction(['outbox', 'files'], 'readwrite');
    const rows = await tx.objectStore('outbox').getAll();
    const needed = new Set(rows.flatMap(row => row.files));
    for (const sha of await tx.objectStore('files').getAllKeys()) {
      if (!needed.has(sha)) await tx.objectStore('files').delete(sha);
    }
    await tx.done;
    return new Set(rows.map(row => row.id));
  });
  await reached(store);
  const copies = await store.cabinet.marks('copies');
  await store.cabinet.delete('copies', ...copies.map(({ key }) => key).filter(id => !waiting.has(id)));
  const received = await store.cabinet.marks('received');
  const oldest = received.sort((one, other) => (one.marks.received_at ?? '').localeCompare(other.marks.received_at ?? ''));
  await store.cabinet.delete('received', ...oldest.slice(0, -KEPT_RECEIVED).map(({ key }) => key));
}

/** Take an item out that its author gave up. */
export async function removeFromOutbox(store: Store, id: string): Promise<void> {
  await store.run(async database => {
    const tx = database.transaction('outbox', 'readwrite');
    const key = await tx.store.index('id').getKey(id);
    if (key !== undefined) await tx.store.delete(key);
    await tx.done;
  });
  await store.cabinet.delete('copies', id);
  await dropNeedless(store);
}

/** Let a parked item go once more, as it is. */
export async function unpark(store: Store, id: string): Promise<void> {
  await store.run(async database => {
    const tx = database.transaction('outbox', 'readwrite');
    const row = await tx.store.index('id').get(id);
    if (row) {
      const { parked: _parked, ...rest } = row;
      await tx.store.put(rest);
    }
    await tx.done;
  });
  const copy = await store.cabinet.get<Said>('copies', id);
  if (!copy) return;
  const { refusal: _refusal, ...said } = copy.value;
  await store.cabinet.put('copies', id, said);
}

/** A queued file with its bytes. */
export function queuedFile(store: Store, sha: string): Promise<QueuedFile | undefined> {
  return store.run(database => database.get('files', sha));
}

/** Remember that the server holds all of a file. */
export function markFileComplete(store: Store, sha: string): Promise<void> {
  return store.run(async database => {
    const tx = database.transaction('files', 'readwrite');
    const file = await tx.store.get(sha);
    if (file) await tx.store.put({ ...file, complete: true });
    await tx.done;
  });
}

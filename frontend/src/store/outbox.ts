import { toBase64url, utf8 } from '../lib/bytes';
import { sha256 } from '../lib/hash';
import type { Problem } from '../lib/result';
import { fileBound, itemBound, type Sealer } from '../lib/seal';
import type { PrivateRow } from './cabinet';
import type { About, OutboxRow, QueuedFile, ReceivedItem, Said, Store } from './database';
import { preparedDraft } from './drafts';
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

/** What goes with new records into the same transaction. */
export interface Alongside {
  /** An item that needed somebody and gives way to the first of them. */
  replaces?: string | undefined;
  /** Drafts that they were, by their keys. */
  drafts?: readonly string[];
  /** A draft that goes on after them, as it then stands. */
  goesOn?: { key: string; value: unknown } | undefined;
}

/**
 * Add records and their files in one transaction: all of them are here afterwards, or none. Their sequences are the next
 * of this person on this device, without a gap: the numbers and the items are written together or not at all.
 * @param sealer to the server's key; without one, what they say waits open until there is one.
 */
export async function addToOutbox(store: Store, items: readonly NewItem[], sealer: Sealer | null, alongside: Alongside = {}): Promise<OutboxRow[]> {
  const copies = await Promise.all(items.map(item =>
    (item.isOpening || !sealer ? null : store.cabinet.prepared('copies', item.id, saidBy(item)))));
  if (alongside.goesOn) copies.push(await preparedDraft(store, alongside.goesOn.key, alongside.goesOn.value));
  for (;;) {
    const place = await nextPlace(store);
    const placed = await Promise.all(items.map((item, at) =>
      placedAt(store, item, { ...place, sequence: place.sequence + at }, sealer, at === 0 ? alongside.replaces : undefined)));
    const rows = placed.map(({ row }) => row);
    const files = placed.flatMap(one => one.files);
    if (!(await written(store, rows, files, copies.filter(copy => copy !== null), alongside.drafts ?? []))) continue;
    await reached(store);
    return rows;
  }
}

function saidBy({ action, body, recorded_at, about }: NewItem): Said {
  return { action, body, recorded_at, about };
}

async function placedAt(store: Store, item: NewItem, place: SequencePlace, sealer: Sealer | null, replaces?: string) {
  const row: OutboxRow = {
    id: item.id,
    ...place,
    schema: 1,
    files: item.files.map(file => file.sha256),
    ...(replaces === undefined ? {} : { replaces }),
    ...(item.isOpening ? { is_opening: true } : {}),
    ...(sealer ? await sealed(store, { id: item.id, ...place }, saidBy(item), sealer) : { open: saidBy(item) }),
  };
  return { row, files: await Promise.all(item.files.map(file => sealedFile(store, file, place.device, sealer))) };
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

/** Write items where their places are still free. @returns false where others took them meanwhile. */
function written(store: Store, rows: OutboxRow[], files: QueuedFile[], copies: PrivateRow[], drafts: readonly string[]): Promise<boolean> {
  return store.run(async database => {
    const tx = database.transaction(['outbox', 'files', 'meta', 'private'], 'readwrite');
    tx.done.catch(() => undefined); // where a step fails, that is what is told
    const [outbox, meta, kept] = [tx.objectStore('outbox'), tx.objectStore('meta'), tx.objectStore('private')];
    if (Number(await meta.get('sequence')) + 1 !== rows[0]?.sequence) return false;
    for (const { replaces } of rows) {
      if (replaces === undefined) continue;
      const key = await outbox.index('id').getKey(replaces);
      if (key !== undefined) await outbox.delete(key);
      await kept.delete(['copies', replaces]);
    }
    for (const file of files) {
      if (!(await tx.objectStore('files').getKey(file.sha256))) await tx.objectStore('files').put(file);
    }
    for (const row of rows) await outbox.add(row);
    for (const copy of copies) await kept.put(copy);
    for (const draft of drafts) await kept.delete(['drafts', draft]);
    await meta.put(rows.at(-1)!.sequence, 'sequence');
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
  const momentOf = ({ received_at, recorded_at }: ReceivedItem) => `${received_at} ${recorded_at}`;
  return received.map(({ value }) => value).sort((one, other) => momentOf(other).localeCompare(momentOf(one)));
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
      await store.cabinet.put('received', row.id, { id: row.id, action, about, recorded_at, received_at: at, stands_for: standsFor(said), receipt }, { received_at: at });
    }
    await store.run(database => database.delete('outbox', sequence));
    await store.cabinet.delete('copies', row.id);
  }
  await dropNeedless(store);
}

/** The record that one corrects or takes back, by its id. */
export function standsFor({ action, body }: Pick<Said, 'action' | 'body'>): string | undefined {
  const { supersedes_id, subject_id } = (body ?? {}) as { supersedes_id?: string; subject_id?: string };
  return supersedes_id ?? (action === 'withdrawal' ? subject_id : undefined);
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

import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { Bytes } from '../lib/bytes';
import type { Problem } from '../lib/result';
import type { SealMarks, Sealed } from '../lib/seal';
import { deviceId } from './device';
import { Cabinet, type PrivateRow } from './cabinet';
import { isNoRoom, letGoOfReserve } from './space';

/** A record's place in the queue. What it says is sealed: this device cannot open it again. */
export interface OutboxRow {
  id: string;
  device: string;
  epoch: number;
  sequence: number;
  schema: 1;
  /** SHA-256 of the files that must be received first. */
  files: string[];
  /** The item that needed somebody, and that this one replaces. */
  replaces?: string;
  /** No record, but that a journey was opened without a connection. */
  is_opening?: boolean;
  sealed?: Sealed;
  /** SHA-256 of the sealed bytes. */
  content_sha256?: string;
  /** What it says, while no key of the server's was known yet; it is sealed as soon as one is. */
  open?: Said;
  /** Why it needs somebody, without a word of what it says; it is not sent again by itself. */
  parked?: { code: string; status: number };
}

/** What a record says, as it stands beside its sealed form, under its author's key, until it is received. */
export interface Said {
  action: string;
  body: unknown;
  recorded_at: string;
  about: About;
  refusal?: Problem;
}

/** What a list says about a record before the server has said anything: which person, and what in words. */
export interface About {
  enrolment_id?: string;
  /** The record that this one tells something about (its evidence, its verification). */
  record_id?: string;
  words: string;
}

/** An item the server took, kept for a while so that what was just done stays in view. */
export interface ReceivedItem {
  id: string;
  action: string;
  about: About;
  recorded_at: string;
  received_at: string;
  /** The record that it corrected or took back. */
  stands_for?: string;
  receipt?: unknown;
}

/** A file on its way; sealed, `bytes` and `size_bytes` are of its sealed form. */
export interface QueuedFile {
  /** Of the file as it was chosen. */
  sha256: string;
  /** Bytes, not a Blob: Safari has lost Blobs kept in IndexedDB. */
  bytes: ArrayBuffer;
  media_type: string;
  size_bytes: number;
  complete: boolean;
  sealed?: SealMarks;
}

/** The key that everything private is under, wrapped by what its owner knows or has. */
export interface Vault {
  version: 1;
  made_at: string;
  tries_left: number;
  passphrase: { iterations: number; salt: Bytes; nonce: Bytes; wrapped: ArrayBuffer };
  passkey?: { credential_id: ArrayBuffer; prf_salt: Bytes; nonce: Bytes; wrapped: ArrayBuffer };
}

/** A draft that version 1 kept readable; it moves under the key as soon as there is one. */
interface OldDraft {
  key: string;
  value: unknown;
  saved_at: string;
}

export interface WaymarkSchema extends DBSchema {
  outbox: { key: number; value: OutboxRow; indexes: { id: string } };
  files: { key: string; value: QueuedFile };
  private: { key: [area: string, key: string]; value: PrivateRow };
  vault: { key: 'vault'; value: Vault };
  drafts: { key: string; value: OldDraft };
  meta: { key: string; value: string | number | ArrayBuffer };
}

export type Database = IDBPDatabase<WaymarkSchema>;

const VERSION = 2;
const SECOND_MS = 1_000;
/** The server takes no number beyond; a clock may show any year. */
const EPOCHS = 2 ** 31;

/** One person's store on this device. It opens when first used, and again when the browser has closed it. */
export class Store {
  readonly name: string;
  readonly userId: string;
  /** What only its owner may read. */
  readonly cabinet: Cabinet;
  #open: Promise<Database> | null = null;

  constructor(userId: string) {
    this.userId = userId;
    this.name = `waymark-${userId}`;
    this.cabinet = new Cabinet(this);
  }

  /**
   * Do some work with the database; where the browser has killed the connection (iOS does, under memory pressure),
   * open it anew and do the work once more; where it gives no more room, let go of what was set aside first. The work
   * must therefore be one transaction.
   * @param isNeeded false for what can be fetched again, or waits: it takes nothing of what was set aside.
   */
  async run<T>(work: (database: Database) => Promise<T>, isNeeded = true): Promise<T> {
    try {
      return await work(await this.#database());
    } catch (error) {
      if (isLostConnection(error)) this.#open = null;
      else if (!isNeeded || !isNoRoom(error) || !(await letGoOfReserve(this))) throw error;
      return work(await this.#database());
    }
  }

  /** Close it: another version of the app wants to change it, or somebody else signs in. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (open) (await open).close();
  }

  #database(): Promise<Database> {
    this.#open ??= this.#opened().catch((error: unknown) => {
      this.#open = null;
      throw error;
    });
    return this.#open;
  }

  async #opened(): Promise<Database> {
    const device = await deviceId();
    return openDB<WaymarkSchema>(this.name, VERSION, {
      upgrade: (database, before, _after, tx) => migrate(database, before, tx, device),
      blocking: () => void this.close(),
      terminated: () => (this.#open = null),
    });
  }
}


type Upgrade = IDBPTransaction<WaymarkSchema, StoreNames<WaymarkSchema>[], 'versionchange'>;

/** Bring a store of an older version up to this one; each step once, in order. */
async function migrate(database: Database, before: number, tx: Upgrade, device: string): Promise<void> {
  if (before < 1) {
    database.createObjectStore('outbox', { keyPath: 'sequence' }).createIndex('id', 'id', { unique: true });
    database.createObjectStore('files', { keyPath: 'sha256' });
    database.createObjectStore('drafts', { keyPath: 'key' });
    const meta = database.createObjectStore('meta');
    void meta.put(device, 'device');
    // A store made anew after it was lost has another epoch than the one that was lost.
    void meta.put(Math.floor(Math.abs(Date.now()) / SECOND_MS) % EPOCHS, 'epoch');
    void meta.put(0, 'sequence');
  }
  if (before < 2) {
    database.createObjectStore('private', { keyPath: ['area', 'key'] });
    database.createObjectStore('vault');
    if (before === 1) await closeUp(database, tx);
  }
}

/** What version 1 had beside the outbox: copies of what the server has, and they were readable. */
const READABLE_CACHES = ['journeys', 'caseload', 'received'];

/** An item as version 1 kept it. */
interface OldItem extends Omit<OutboxRow, 'open' | 'parked'>, Said {}

/** From version 1: readable caches go; each record keeps its place and what it says until it is sealed. */
async function closeUp(database: Database, tx: Upgrade): Promise<void> {
  for (const name of READABLE_CACHES) database.deleteObjectStore(name as 'private');
  let cursor = await tx.objectStore('outbox').openCursor();
  while (cursor) {
    const { action, body, recorded_at, about, refusal, ...place } = cursor.value as unknown as OldItem;
    const open: Said = { action, body, recorded_at, about, ...(refusal ? { refusal } : {}) };
    await cursor.update({ ...place, open, ...(refusal ? { parked: { code: refusal.code, status: refusal.status } } : {}) });
    cursor = await cursor.continue();
  }
}

function isLostConnection(error: unknown): boolean {
  return error instanceof DOMException && ['InvalidStateError', 'UnknownError'].includes(error.name);
}

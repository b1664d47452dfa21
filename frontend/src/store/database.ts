import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Problem } from '../lib/result';
import { uuid7 } from '../lib/uuid7';

/** A record made on this device and not yet received, with what the screen says of it. */
export interface OutboxItem {
  id: string;
  device: string;
  epoch: number;
  sequence: number;
  schema: 1;
  action: string;
  body: unknown;
  recorded_at: string;
  /** SHA-256 of the files that must be received first. */
  files: string[];
  about: About;
  /** Why it needs somebody; it is not sent again by itself. */
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
  receipt?: unknown;
}

export interface QueuedFile {
  sha256: string;
  /** Bytes, not a Blob: Safari has lost Blobs kept in IndexedDB. */
  bytes: ArrayBuffer;
  media_type: string;
  size_bytes: number;
  name: string;
  complete: boolean;
}

export interface KeptJourney {
  enrolment_id: string;
  revision: number;
  etag: string | null;
  journey: unknown;
  fetched_at: string;
}

export interface KeptList {
  scope: string;
  etag: string | null;
  rows: unknown[];
  total?: number;
  fetched_at: string;
}

export interface Draft {
  key: string;
  value: unknown;
  saved_at: string;
}

export interface WaymarkSchema extends DBSchema {
  outbox: { key: number; value: OutboxItem; indexes: { id: string } };
  received: { key: string; value: ReceivedItem; indexes: { received_at: string } };
  files: { key: string; value: QueuedFile };
  journeys: { key: string; value: KeptJourney };
  caseload: { key: string; value: KeptList };
  drafts: { key: string; value: Draft };
  meta: { key: string; value: string | number };
}

export type Database = IDBPDatabase<WaymarkSchema>;

const VERSION = 1;

/** One person's store on this device. It opens when first used, and again when the browser has closed it. */
export class Store {
  readonly name: string;
  #open: Promise<Database> | null = null;

  constructor(userId: string) {
    this.name = `waymark-${userId}`;
  }

  /**
   * Do some work with the database; where the browser has killed the connection (iOS does, under memory pressure),
   * open it anew and do the work once more. The work must therefore be one transaction.
   */
  async run<T>(work: (database: Database) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#database());
    } catch (error) {
      if (!isLostConnection(error)) throw error;
      this.#open = null;
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
    this.#open ??= openDB<WaymarkSchema>(this.name, VERSION, {
      upgrade: migrate,
      blocking: () => void this.close(),
      terminated: () => (this.#open = null),
    }).catch((error: unknown) => {
      this.#open = null;
      throw error;
    });
    return this.#open;
  }
}

/** Bring a store of an older version up to this one; each step once, in order. */
function migrate(database: Database, oldVersion: number): void {
  if (oldVersion < 1) {
    database.createObjectStore('outbox', { keyPath: 'sequence' }).createIndex('id', 'id', { unique: true });
    database.createObjectStore('received', { keyPath: 'id' }).createIndex('received_at', 'received_at');
    database.createObjectStore('files', { keyPath: 'sha256' });
    database.createObjectStore('journeys', { keyPath: 'enrolment_id' });
    database.createObjectStore('caseload', { keyPath: 'scope' });
    database.createObjectStore('drafts', { keyPath: 'key' });
    const meta = database.createObjectStore('meta');
    void meta.put(uuid7(), 'device');
    void meta.put(1, 'epoch');
    void meta.put(0, 'sequence');
  }
}

function isLostConnection(error: unknown): boolean {
  return error instanceof DOMException && ['InvalidStateError', 'UnknownError'].includes(error.name);
}

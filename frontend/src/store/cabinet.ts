import { hide, reveal, type Hidden } from '../lib/hidden';
import type { Store } from './database';
import { isNoRoom } from './space';

/** Kinds of private things. `references`: for recording about people whose journeys are no longer held. */
export type Area = 'journeys' | 'lists' | 'drafts' | 'copies' | 'received' | 'references' | 'session';

/** What may be known of a private thing without its key: numbers and moments, no words. */
export interface Marks {
  revision?: number;
  etag?: string | null;
  fetched_at?: string;
  saved_at?: string;
  received_at?: string;
  /** In which language the server answered. */
  language?: string;
  /** From this day on, earlier scores in it are taken out. */
  scores_hidden_from?: string | null;
  /** It says nothing about a person (the library), and stays when people's journeys go. */
  is_library?: boolean;
}

/** What the server has, and can be fetched again. */
const FETCHED: readonly Area[] = ['journeys', 'lists', 'received'];

export interface PrivateRow extends Hidden {
  area: Area;
  key: string;
  marks: Marks;
}

/** A private thing and its marks. */
export interface Kept<T> {
  key: string;
  marks: Marks;
  value: T;
}

/**
 * What only its owner may read: on the disk under their key, where they have set this tablet up; else in memory alone,
 * gone with the page. Locked, there is nothing in it, and nothing goes in.
 */
export class Cabinet {
  readonly #store: Store;
  #key: CryptoKey | null = null;
  /** Null until somebody has looked. */
  #hasVault: boolean | null = null;
  readonly #memory = new Map<string, Kept<unknown> & { area: Area }>();
  #writing: Promise<unknown> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  async isLocked(): Promise<boolean> {
    return (await this.hasVault()) && this.#key === null;
  }

  async hasVault(): Promise<boolean> {
    this.#hasVault ??= (await this.#store.run(database => database.getKey('vault', 'vault'))) !== undefined;
    return this.#hasVault;
  }

  /** Its key is here: what is kept can be read. What was in memory until now goes on the disk. */
  async unlock(key: CryptoKey): Promise<void> {
    this.#hasVault = true;
    this.#key = key;
    const held = [...this.#memory.values()];
    this.#memory.clear();
    for (const { area, key: at, value, marks } of held) await this.put(area, at, value, marks);
  }

  /** Wait until what is being written is written, then forget the key. */
  async lock(): Promise<void> {
    await this.#writing.catch(() => undefined);
    this.#key = null;
  }

  /** The vault is gone, and with it all that was under its key. */
  async empty(): Promise<void> {
    this.#key = null;
    this.#hasVault = false;
    this.#memory.clear();
    await this.#store.run(async database => {
      const tx = database.transaction(['private', 'vault'], 'readwrite');
      await Promise.all([tx.objectStore('private').clear(), tx.objectStore('vault').clear()]);
      await tx.done;
    });
  }

  /** @returns false where there was no room for what can be asked for again: then what was kept before still stands. */
  async put(area: Area, key: string, value: unknown, marks: Marks = {}): Promise<boolean> {
    const isFetched = FETCHED.includes(area);
    const write = this.#prepared(area, key, value, marks).then(async row => {
      if (row) await this.#store.run(database => database.put('private', row), !isFetched);
      return true;
    }).catch((error: unknown) => {
      // What can be asked for again need not be kept here; what was made here must.
      if (!isFetched || !isNoRoom(error)) throw error;
      return false;
    });
    this.#writing = Promise.allSettled([this.#writing, write]);
    return write;
  }

  /** The row to write within a transaction of the caller's; null where it was kept in memory, or nothing may be. */
  async prepared(area: Area, key: string, value: unknown, marks: Marks = {}): Promise<PrivateRow | null> {
    return this.#prepared(area, key, value, marks);
  }

  async #prepared(area: Area, key: string, value: unknown, marks: Marks): Promise<PrivateRow | null> {
    if (!(await this.hasVault())) {
      this.#memory.set(boundOf(area, key), { area, key, value, marks });
      return null;
    }
    return this.#key && { area, key, marks, ...(await hide(this.#key, boundOf(area, key), value)) };
  }

  async get<T>(area: Area, key: string): Promise<Kept<T> | undefined> {
    if (!(await this.hasVault())) return this.#memory.get(boundOf(area, key)) as Kept<T> | undefined;
    if (!this.#key) return undefined;
    const row = await this.#store.run(database => database.get('private', [area, key]));
    return row && this.#read<T>(row);
  }

  /** All of an area that can be read. */
  async all<T>(area: Area): Promise<Kept<T>[]> {
    if (!(await this.hasVault())) return [...this.#memory.values()].filter(kept => kept.area === area) as Kept<T>[];
    if (!this.#key) return [];
    const rows = await this.#store.run(database => database.getAll('private', rangeOf(area)));
    return (await Promise.all(rows.map(row => this.#read<T>(row)))).filter(kept => kept !== undefined);
  }

  /** What an area holds, by its marks alone; known also while it is locked. */
  async marks(area: Area): Promise<Omit<Kept<unknown>, 'value'>[]> {
    if (!(await this.hasVault())) return [...this.#memory.values()].filter(kept => kept.area === area);
    const rows = await this.#store.run(database => database.getAll('private', rangeOf(area)));
    return rows.map(({ key, marks }) => ({ key, marks }));
  }

  async delete(area: Area, ...keys: string[]): Promise<void> {
    for (const key of keys) this.#memory.delete(boundOf(area, key));
    if (keys.length === 0 || !(await this.hasVault())) return;
    await this.#store.run(async database => {
      const tx = database.transaction('private', 'readwrite');
      await Promise.all(keys.map(key => tx.store.delete([area, key])));
      await tx.done;
    });
  }

  /** What another key hid (its vault was made anew) is nothing. */
  async #read<T>({ area, key, marks, nonce, bytes }: PrivateRow): Promise<Kept<T> | undefined> {
    const secret = this.#key;
    if (!secret) return undefined;
    const value = await reveal<T>(secret, boundOf(area, key), { nonce, bytes }).catch(() => undefined);
    return value === undefined ? undefined : { key, marks, value };
  }
}

function boundOf(area: Area, key: string): string {
  return `${area}\n${key}`;
}

function rangeOf(area: Area): IDBKeyRange {
  return IDBKeyRange.bound([area], [area, []]);
}


import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Session } from '../api/session';
import type { SealKey } from '../lib/seal';
import { uuid7 } from '../lib/uuid7';
import { witnessDevice, witnessedDevice } from './witness';

/** Somebody who has used this tablet: as much as a name badge says, so that they can be chosen without a connection. */
export interface Who {
  user_id: string;
  short_name: string;
  organisation: string;
  /** Whether they have set this tablet up: what it holds of theirs is under a key. */
  has_vault: boolean;
  used_at: string;
}

/** What the tablet itself remembers; nothing of it is about a person it serves. */
interface Facts {
  device: string;
  /** Who worked here last and has not signed out. */
  last: string;
  seal: SealKey;
  /** The server took this tablet out of use. */
  revoked: boolean;
  /** People whose sign-in must be ended before anything else: their key was dropped after wrong tries. */
  leaving: string[];
}

interface DeviceSchema extends DBSchema {
  /** Of somebody who has not set the tablet up: names and roles of the worker alone, so that the app opens offline. */
  session: { key: 'last'; value: Session };
  people: { key: string; value: Who };
  facts: { key: string; value: Facts[keyof Facts] };
}

/** The device's own facts, one connection for each use: it is short, and never in the way of a newer version. */
async function withDevice<T>(work: (database: IDBPDatabase<DeviceSchema>) => Promise<T>): Promise<T> {
  const database = await openDB<DeviceSchema>('waymark-device', 2, {
    upgrade: (opened, before) => {
      if (before < 1) opened.createObjectStore('session');
      if (before < 2) {
        opened.createObjectStore('people', { keyPath: 'user_id' });
        opened.createObjectStore('facts');
      }
    },
  });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** This tablet's id: made once, the same for everybody who uses it. */
export function deviceId(): Promise<string> {
  return withDevice(async database => {
    const tx = database.transaction('facts', 'readwrite');
    let device = (await tx.store.get('device')) as string | undefined;
    if (!device) {
      device = witnessedDevice() ?? uuid7();
      await tx.store.put(device, 'device');
    }
    await tx.done;
    witnessDevice(device);
    return device;
  });
}

export function factOf<K extends keyof Facts>(name: K): Promise<Facts[K] | undefined> {
  return withDevice(database => database.get('facts', name) as Promise<Facts[K] | undefined>);
}

export async function keepFact<K extends keyof Facts>(name: K, value: Facts[K] | null): Promise<void> {
  await withDevice(async database => {
    if (value === null) await database.delete('facts', name);
    else await database.put('facts', value, name);
  });
}

/** Everybody who has used this tablet, whoever used it last first. */
export async function peopleHere(): Promise<Who[]> {
  const people = await withDevice(database => database.getAll('people'));
  return people.sort((one, other) => other.used_at.localeCompare(one.used_at));
}

export function whoIs(userId: string): Promise<Who | undefined> {
  return withDevice(database => database.get('people', userId));
}

/** Remember that somebody uses this tablet. */
export async function rememberWho(session: Session, hasVault: boolean): Promise<void> {
  const { user, membership } = session;
  const organisation = membership.organisation.name;
  const who = { user_id: user.id, short_name: user.short_name, organisation, has_vault: hasVault, used_at: new Date().toISOString() };
  await withDevice(async database => {
    const tx = database.transaction(['people', 'session', 'facts'], 'readwrite');
    await tx.objectStore('people').put(who);
    await tx.objectStore('facts').put(user.id, 'last');
    // Who has set the tablet up has their session under their key.
    if (hasVault) await tx.objectStore('session').delete('last');
    else await tx.objectStore('session').put(session, 'last');
    await tx.done;
  });
}

/** Their key is gone: what they left is unreadable. */
export async function forgetVaultOf(userId: string): Promise<void> {
  await withDevice(async database => {
    const who = await database.get('people', userId);
    if (who) await database.put('people', { ...who, has_vault: false });
  });
}

/** Whoever worked here last has signed out. */
export async function forgetLast(): Promise<void> {
  await withDevice(async database => {
    const tx = database.transaction(['session', 'facts'], 'readwrite');
    await tx.objectStore('session').delete('last');
    await tx.objectStore('facts').delete('last');
    await tx.done;
  });
}

/** The session of somebody without a key of their own, for opening the app offline. */
export function lastSession(): Promise<Session | undefined> {
  return withDevice(database => database.get('session', 'last'));
}

import { computed, signal } from '@preact/signals';
import { openDB, type DBSchema } from 'idb';
import { whenSignedOut } from '../api/client';
import * as api from '../api/session';
import type { Role } from '../lib/feature';
import type { Answer } from '../lib/result';
import { Store } from './database';
import { forgetKept } from './kept';

/** Whether somebody is signed in. `lapsed`: the server wants them to sign in again, what is here stays theirs. */
export type SessionState =
  | { kind: 'unknown' }
  | { kind: 'signed-out' }
  | { kind: 'lapsed'; session: api.Session }
  | { kind: 'signed-in'; session: api.Session };

interface DeviceSchema extends DBSchema {
  session: { key: 'last'; value: api.Session };
}

const state = signal<SessionState>({ kind: 'unknown' });
const openStore = signal<Store | null>(null);

/** Who is signed in, for screens to read. */
export const session = computed(() => state.value);
/** The store of whoever is signed in; null while nobody is. */
export const store = computed(() => openStore.value);

/** The signed-in person's session. Only screens behind the sign-in call it. */
export function currentSession(): api.Session {
  const now = state.value;
  if (now.kind !== 'signed-in' && now.kind !== 'lapsed') throw new Error('Nobody is signed in');
  return now.session;
}

/** The signed-in person's store. Only screens behind the sign-in call it. */
export function currentStore(): Store {
  if (!openStore.value) throw new Error('Nobody is signed in');
  return openStore.value;
}

/** Whether the signed-in person holds one of these roles where they act now. */
export function holdsRole(...roles: Role[]): boolean {
  const now = state.value;
  return now.kind === 'signed-in' && now.session.membership.roles.some(role => roles.includes(role));
}

/**
 * Find out who is signed in, at start and whenever the connection returns. Offline, whoever was signed in last on
 * this device stays so: their people and their outbox are here.
 */
export async function loadSession(): Promise<void> {
  const answer = await api.getSession();
  if (answer.kind === 'ok') return signedIn(answer.data);
  if (answer.kind === 'signed-out') {
    const now = state.value;
    if (now.kind === 'signed-in') lapse();
    else state.value = { kind: 'signed-out' };
    return;
  }
  const last = await lastSession();
  if (state.value.kind !== 'unknown') return;
  if (last) enter(last);
  else state.value = { kind: 'signed-out' };
}

/** Sign in with an address and a password. */
export async function signIn(email: string, password: string): Promise<Answer<api.Session>> {
  const answer = await api.postSession(email, password);
  if (answer.kind === 'ok') await signedIn(answer.data);
  return answer;
}

/** Sign out here, or on every device. What waits in the outbox stays in this person's store. */
export async function signOut(everywhere = false): Promise<Answer<null>> {
  const answer = await (everywhere ? api.deleteSessions() : api.deleteSession());
  if (answer.kind === 'ok' || answer.kind === 'signed-out') {
    await leave();
    return { kind: 'ok', data: null, status: 204, etag: null };
  }
  return answer;
}

/** Act for another of one's organisations. */
export async function switchMembership(membershipId: string): Promise<Answer<api.Session>> {
  const answer = await api.putMembership(membershipId);
  if (answer.kind === 'ok') await signedIn(answer.data);
  return answer;
}

whenSignedOut(lapse);

function lapse(): void {
  const now = state.value;
  if (now.kind === 'signed-in') state.value = { kind: 'lapsed', session: now.session };
}

async function signedIn(next: api.Session): Promise<void> {
  await rememberSession(next);
  enter(next);
}

function enter(next: api.Session): void {
  const name = new Store(next.user.id).name;
  if (openStore.value?.name !== name) {
    void openStore.value?.close();
    openStore.value = new Store(next.user.id);
  }
  state.value = { kind: 'signed-in', session: next };
}

async function leave(): Promise<void> {
  await rememberSession(null);
  if (openStore.value) await forgetKept(openStore.value);
  await openStore.value?.close();
  openStore.value = null;
  state.value = { kind: 'signed-out' };
}

/** Names and roles only: the sign-in itself is a cookie that no script can read. */
async function rememberSession(next: api.Session | null): Promise<void> {
  const device = await openDevice();
  if (next) await device.put('session', next, 'last');
  else await device.delete('session', 'last');
  device.close();
}

async function lastSession(): Promise<api.Session | undefined> {
  const device = await openDevice();
  const last = await device.get('session', 'last');
  device.close();
  return last;
}

function openDevice() {
  return openDB<DeviceSchema>('waymark-device', 1, { upgrade: database => void database.createObjectStore('session') });
}

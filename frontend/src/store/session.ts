import { computed, signal } from '@preact/signals';
import { whenSignedOut } from '../api/client';
import * as api from '../api/session';
import type { Role } from '../lib/feature';
import type { Answer } from '../lib/result';
import { Store } from './database';
import { factOf, forgetLast, forgetVaultOf, keepFact, lastSession, peopleHere, rememberWho, whoIs, type Who } from './device';
import { hideOldDrafts } from './drafts';
import { letGo, noteContact } from './expiry';
import { takeScoresOut } from './kept';
import { ifThereIsRoom } from './space';
import { recallTold } from './told';

/**
 * Whether somebody is signed in. `lapsed`: the server wants them to sign in again, what is here stays theirs.
 * `locked`: whose tablet it was last is known, what it holds of theirs is under a key that is not here.
 */
export type SessionState =
  | { kind: 'unknown' }
  | { kind: 'signed-out' }
  | { kind: 'locked'; who: Who }
  | { kind: 'lapsed'; session: api.Session }
  | { kind: 'signed-in'; session: api.Session };

const state = signal<SessionState>({ kind: 'unknown' });
const openStore = signal<Store | null>(null);
const revoked = signal(false);
const keyHere = signal(false);
/** What the server said of whoever is locked out: they go on with it once they have unlocked. */
let answered: api.Session | null = null;
/** Somebody else is about to sign in; the session of whoever was here before does not come back by itself. */
let isRoomMade = false;
const leaving = new Set<() => void>();
const onLeft = () => leaving.forEach(forget => forget());

/** Who is signed in, for screens to read. */
export const session = computed(() => state.value);
/** The store of whoever is signed in or locked; null while nobody is. */
export const store = computed(() => openStore.value);
/** Whether the server took this tablet out of use. */
export const isRevoked = computed(() => revoked.value);

/** Whether whoever works here has set this tablet up, so that it can be locked. */
export const hasKey = computed(() => keyHere.value);

/** Be told when somebody leaves or is locked, to forget what was read for them. */
export function whenLeft(listener: () => void): void {
  leaving.add(listener);
}

/** Somebody left or was locked while something was still under way for them: it has nowhere to go. */
export class NobodyHere extends Error {
  override name = 'NobodyHere';
}

/** The signed-in person's session. Only screens behind the sign-in call it. */
export function currentSession(): api.Session {
  const now = state.value;
  if (now.kind !== 'signed-in' && now.kind !== 'lapsed') throw new NobodyHere('Nobody is signed in');
  return now.session;
}

/** The signed-in person's store. Only screens behind the sign-in call it. */
export function currentStore(): Store {
  if (!openStore.value) throw new NobodyHere('Nobody is signed in');
  return openStore.value;
}

/** Whether the signed-in person holds one of these roles where they act now. */
export function holdsRole(...roles: Role[]): boolean {
  const now = state.value;
  const isInside = now.kind === 'signed-in' || now.kind === 'lapsed'; // who must sign in again works on meanwhile
  return isInside && now.session.membership.roles.some(role => roles.includes(role));
}

/**
 * Find out who is signed in, at start and whenever the connection returns. Whoever set this tablet up and worked here
 * last is asked to unlock it at once, with a connection or without; anybody else stays signed in while there is none.
 */
export async function loadSession(): Promise<void> {
  if (state.value.kind === 'unknown') await lookHere();
  if (isRoomMade) return;
  const answer = await api.getSession();
  const isOthers = answer.kind === 'ok' && openStore.value !== null && openStore.value.userId !== answer.data.user.id;
  if (answer.kind === 'ok' && !isOthers) return signedIn(answer.data);
  if (answer.kind === 'signed-out' || isOthers) {
    answered = null;
    if (state.value.kind === 'signed-in') lapse();
    else if (state.value.kind === 'unknown') state.value = { kind: 'signed-out' };
    return;
  }
  if (state.value.kind !== 'unknown') return;
  const last = await lastSession();
  if (state.value.kind !== 'unknown') return;
  if (last) await enter(last);
  else state.value = { kind: 'signed-out' };
}

/** Before the server is asked: whoever was here last and set the tablet up may unlock it. */
async function lookHere(): Promise<void> {
  revoked.value = (await factOf('revoked')) ?? false;
  const last = await factOf('last');
  const who = last ? await whoIs(last) : undefined;
  if (who?.has_vault) await lockFor(who);
}

/** Somebody wants to go on who set this tablet up: ask for their key. */
export async function lockFor(who: Who): Promise<void> {
  isRoomMade = false;
  await openFor(who.user_id);
  if (await openStore.value?.cabinet.isLocked()) state.value = { kind: 'locked', who };
  else if (!(await openStore.value?.cabinet.hasVault())) await forgetVaultOf(who.user_id); // the browser let go of it
}

/** Lock: the key goes, and what was read with it. What is in progress has been kept as a draft. */
export async function lock(): Promise<boolean> {
  const now = state.value;
  const open = openStore.value;
  if ((now.kind !== 'signed-in' && now.kind !== 'lapsed') || !open || !(await open.cabinet.hasVault())) return false;
  const who = await whoIs(now.session.user.id);
  if (!who) return false;
  answered = now.kind === 'signed-in' ? now.session : null;
  await open.cabinet.lock();
  onLeft();
  state.value = { kind: 'locked', who };
  return true;
}

/** The key is here again: go on as whoever it is. */
export async function unlocked(): Promise<void> {
  const open = openStore.value;
  if (!open) return;
  await letGo(open);
  await recallTold(open);
  await takeScoresOut(open);
  await hideOldDrafts(open);
  const kept = (await open.cabinet.get<api.Session>('session', 'last'))?.value;
  const next = answered?.user.id === open.userId ? answered : kept;
  if (!next) return void (state.value = { kind: 'signed-out' });
  await remember(next);
  state.value = { kind: 'signed-in', session: next };
  if (!answered) await loadSession();
}

/** Their tablet is set up from now on: what it holds of theirs is under their key. */
export async function keyMade(): Promise<void> {
  await hideOldDrafts(currentStore());
  await remember(currentSession());
}

/** The key was dropped after too many wrong tries: whoever holds the tablet has to sign in. */
export async function keyDropped(userId: string): Promise<void> {
  await forgetVaultOf(userId);
  await keepFact('leaving', [...new Set([...((await factOf('leaving')) ?? []), userId])]);
  await leave();
  void endSignIn(userId);
}

/** End a sign-in that must not go on; where there is no connection, as soon as there is one. */
async function endSignIn(userId: string): Promise<void> {
  const ended = await api.deleteSession();
  if (ended.kind !== 'ok' && ended.kind !== 'signed-out') return;
  await keepFact('leaving', ((await factOf('leaving')) ?? []).filter(other => other !== userId));
}

/** The server took this tablet out of use: key and cache go, what waits sealed stays and is still sent. */
export async function takenOutOfUse(): Promise<void> {
  if (revoked.value) return;
  revoked.value = true;
  await keepFact('revoked', true);
  for (const { user_id } of await peopleHere()) {
    const theirs = openStore.value?.userId === user_id ? openStore.value : new Store(user_id);
    await theirs.cabinet.empty();
    await forgetVaultOf(user_id);
    if (theirs !== openStore.value) await theirs.close();
  }
  keyHere.value = false;
  onLeft();
}

/** The server wants this tablet again. */
export async function backInUse(): Promise<void> {
  if (!revoked.value) return;
  revoked.value = false;
  await keepFact('revoked', null);
}

/** Sign in with an address and a password. */
export async function signIn(email: string, password: string): Promise<Answer<api.Session>> {
  const answer = await api.postSession(email, password);
  if (answer.kind !== 'ok') return answer;
  // Their password is better than the sign-in that was to be ended.
  await keepFact('leaving', ((await factOf('leaving')) ?? []).filter(userId => userId !== answer.data.user.id));
  await signedIn(answer.data);
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

/** Somebody else wants to sign in: whoever was here stays locked, and nothing of theirs is touched. */
export function makeRoom(): void {
  isRoomMade = true;
  state.value = { kind: 'signed-out' };
}

whenSignedOut(lapse);

function lapse(): void {
  const now = state.value;
  answered = null;
  if (now.kind === 'signed-in') state.value = { kind: 'lapsed', session: now.session };
}

async function signedIn(next: api.Session): Promise<void> {
  isRoomMade = false;
  if ((await factOf('leaving'))?.includes(next.user.id)) {
    await endSignIn(next.user.id);
    state.value = { kind: 'signed-out' };
    return;
  }
  await openFor(next.user.id);
  const open = openStore.value!;
  await noteContact(open, next.kept_days);
  if (await open.cabinet.isLocked()) {
    answered = next;
    await ifThereIsRoom(() => rememberWho(next, true));
    const who = await whoIs(next.user.id);
    if (who && state.value.kind !== 'locked') state.value = { kind: 'locked', who };
    return;
  }
  await enter(next);
}

async function enter(next: api.Session): Promise<void> {
  await openFor(next.user.id);
  await remember(next);
  state.value = { kind: 'signed-in', session: next };
}

async function openFor(userId: string): Promise<void> {
  if (openStore.value?.userId === userId) return;
  const before = openStore.value;
  if (before) onLeft();
  answered = null;
  openStore.value = new Store(userId);
  await before?.cabinet.lock();
  await before?.close();
}

async function leave(): Promise<void> {
  const before = openStore.value;
  await forgetLast();
  await before?.cabinet.lock();
  await before?.close();
  onLeft();
  answered = null;
  openStore.value = null;
  state.value = { kind: 'signed-out' };
}

/** Names and roles only: the sign-in itself is a cookie that no script can read. */
async function remember(next: api.Session): Promise<void> {
  const open = openStore.value;
  const hasVault = (await open?.cabinet.hasVault()) ?? false;
  keyHere.value = hasVault;
  await ifThereIsRoom(async () => {
    if (open && hasVault) await open.cabinet.put('session', 'last', next);
    await rememberWho(next, hasVault);
  });
}

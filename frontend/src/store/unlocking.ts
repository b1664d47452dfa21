import { currentSession, currentStore, keyDropped, keyMade, signOut, store, unlocked } from './session';
import { forgetVaultOf } from './device';
import { makePasskey, secretOf } from './passkey';
import { isNoRoom } from './space';
import { addPasskey, changePassphrase, makeVault, passkeyOf, tryPasskey, tryPassphrase } from './vault';
import type { Answer } from '../lib/result';

/** What came of an attempt to unlock, for the screen that asked. */
export type Attempt = { kind: 'open' } | { kind: 'wrong'; triesLeft: number } | { kind: 'gone' } | { kind: 'none' } | { kind: 'no-room' };

/** What came of an attempt that could not even be counted; any other failure is thrown on. */
export function noRoom(error: unknown): Attempt {
  if (!isNoRoom(error)) throw error;
  return { kind: 'no-room' };
}

/** Unlock by the words. After five wrong tries the key is gone, and the sign-in with it. */
export async function unlockByWords(passphrase: string): Promise<Attempt> {
  const open = store.value;
  if (!open) return { kind: 'none' };
  const tried = await tryPassphrase(open, passphrase);
  if (tried.kind === 'wrong') return { kind: 'wrong', triesLeft: tried.triesLeft };
  if (tried.kind === 'gone') {
    await keyDropped(open.userId);
    return { kind: 'gone' };
  }
  await unlocked();
  return { kind: 'open' };
}

/** Unlock by this tablet's own finger, face or PIN; `none` where that did not come about. */
export async function unlockByPasskey(): Promise<Attempt> {
  const open = store.value;
  const passkey = open && (await passkeyOf(open));
  const secret = passkey && (await secretOf(passkey.credential_id, passkey.prf_salt));
  if (!secret) return { kind: 'none' };
  const tried = await tryPasskey(open, secret);
  if (tried.kind !== 'open') return { kind: 'none' };
  await unlocked();
  return { kind: 'open' };
}

export async function hasPasskey(): Promise<boolean> {
  return Boolean(store.value && (await passkeyOf(store.value)));
}

/**
 * Set this tablet up for whoever is signed in.
 * @param wantsPasskey whether to be unlocked by finger, face or PIN as well.
 * @returns whether that is so now.
 */
export async function setUp(passphrase: string, wantsPasskey: boolean): Promise<boolean> {
  const open = currentStore();
  const raw = await makeVault(open, passphrase);
  await keyMade();
  const passkey = wantsPasskey ? await makePasskey(currentSession().user.short_name) : null;
  if (passkey) await addPasskey(open, raw, passkey);
  raw.fill(0);
  return passkey !== null;
}

/** Another passphrase: the old one is asked for, and a wrong one counts like any other. */
export async function changeWords(old: string, fresh: string): Promise<Attempt> {
  const open = currentStore();
  const tried = await changePassphrase(open, old, fresh);
  if (tried.kind === 'gone') await keyDropped(open.userId);
  return tried.kind === 'wrong' ? { kind: 'wrong', triesLeft: tried.triesLeft } : { kind: tried.kind };
}

/** Take away the key and what is under it; whoever did it has to sign in anew. What was not sent stays, sealed. */
export async function forgetWords(): Promise<Answer<null>> {
  const open = store.value;
  const answer = await signOut();
  if (answer.kind !== 'ok' || !open) return answer;
  await open.cabinet.empty();
  await forgetVaultOf(open.userId);
  return answer;
}


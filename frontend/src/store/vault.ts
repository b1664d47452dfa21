import { fromBase64url, randomBytes, utf8, type Bytes } from '../lib/bytes';
import type { Store, Vault } from './database';
import { ifThereIsRoom, makeRoomFor } from './space';

/** OWASP's figure for PBKDF2 with SHA-256. */
export const ITERATIONS = 600_000;
export const FEWEST_WORDS = 4;
/** After so many wrong passphrases the key is dropped. */
export const TRIES = 5;
const KEY_BYTES = 32;

/** What came of trying to unlock. */
export type Unlocking =
  | { kind: 'open'; key: CryptoKey }
  | { kind: 'wrong'; triesLeft: number }
  /** That was one too many, or there never was one: the key and all under it are gone. */
  | { kind: 'gone' };

/** A passphrase as it counts: small letters, single blanks, so that a tablet's keyboard cannot get it wrong. */
export function plainWords(passphrase: string): string {
  return passphrase.normalize('NFKC').toLowerCase().split(/[\s.,_-]+/).filter(Boolean).join(' ');
}

/** Whether a passphrase has as many words as it needs, none twice and none a mere letter. */
export function isLongEnough(passphrase: string): boolean {
  const words = new Set(plainWords(passphrase).split(' ').filter(word => word.length > 2));
  return words.size >= FEWEST_WORDS;
}

/** Make the key that everything private of this person will be under. @returns its raw bytes, to wrap it once more. */
export async function makeVault(store: Store, passphrase: string, iterations = ITERATIONS): Promise<Bytes> {
  const raw = randomBytes(KEY_BYTES);
  const vault: Vault = { version: 1, made_at: new Date().toISOString(), tries_left: TRIES, passphrase: await wrapped(raw, passphrase, iterations) };
  await store.run(database => database.put('vault', vault, 'vault'));
  await store.cabinet.unlock(await asKey(raw));
  return raw;
}

/** Another passphrase for the same key. The old one, just typed, must be right. */
export async function changePassphrase(store: Store, old: string, fresh: string, iterations = ITERATIONS): Promise<Unlocking> {
  const opened = await tryPassphrase(store, old);
  if (opened.kind !== 'open') return opened;
  const passphrase = await wrapped(opened.raw, fresh, iterations);
  await change(store, vault => ({ ...vault, passphrase }));
  return opened;
}

/** Let a passkey open the same key from now on. */
export async function addPasskey(store: Store, raw: Bytes, passkey: { credential_id: ArrayBuffer; prf_salt: Bytes; secret: ArrayBuffer }): Promise<void> {
  const { credential_id, prf_salt, secret } = passkey;
  const nonce = randomBytes(12);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, await keyFromPasskey(secret), raw);
  await change(store, vault => ({ ...vault, passkey: { credential_id, prf_salt, nonce, wrapped: sealed } }));
}

/** Unlock by passphrase. The try is counted before it is judged, so that no crash gives it back. */
export async function tryPassphrase(store: Store, passphrase: string): Promise<Unlocking & { raw: Bytes }> {
  const vault = await makeRoomFor(store, () => change(store, before => ({ ...before, tries_left: before.tries_left - 1 })));
  if (!vault || vault.tries_left < 0) return gone(store);
  const { salt, iterations, nonce, wrapped: sealed } = vault.passphrase;
  const key = await keyFromPassphrase(passphrase, salt, iterations);
  const raw = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, sealed).catch(() => null);
  if (raw) return opened(store, raw);
  return vault.tries_left === 0 ? gone(store) : { kind: 'wrong', triesLeft: vault.tries_left, raw: NOTHING };
}

/** Unlock by the secret that a passkey gave. */
export async function tryPasskey(store: Store, secret: ArrayBuffer): Promise<Unlocking & { raw: Bytes }> {
  const vault = await store.run(database => database.get('vault', 'vault'));
  if (!vault?.passkey) return { kind: 'wrong', triesLeft: vault?.tries_left ?? 0, raw: NOTHING };
  const key = await keyFromPasskey(secret);
  const raw = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: vault.passkey.nonce }, key, vault.passkey.wrapped).catch(() => null);
  return raw ? opened(store, raw) : { kind: 'wrong', triesLeft: vault.tries_left, raw: NOTHING };
}

/** The passkey that opens this store, if one does. */
export async function passkeyOf(store: Store): Promise<Vault['passkey']> {
  return (await store.run(database => database.get('vault', 'vault')))?.passkey;
}

const NOTHING = fromBase64url('');

async function opened(store: Store, raw: ArrayBuffer): Promise<Unlocking & { raw: Bytes }> {
  await ifThereIsRoom(() => change(store, vault => ({ ...vault, tries_left: TRIES })));
  const bytes = new Uint8Array(raw);
  const key = await asKey(bytes);
  await store.cabinet.unlock(key);
  return { kind: 'open', key, raw: bytes };
}

async function gone(store: Store): Promise<Unlocking & { raw: Bytes }> {
  await store.cabinet.empty();
  return { kind: 'gone', raw: NOTHING };
}

function change(store: Store, make: (vault: Vault) => Vault): Promise<Vault | undefined> {
  return store.run(async database => {
    const tx = database.transaction('vault', 'readwrite');
    const vault = await tx.store.get('vault');
    const next = vault && make(vault);
    if (next) await tx.store.put(next, 'vault');
    await tx.done;
    return next;
  });
}

async function wrapped(raw: Bytes, passphrase: string, iterations: number): Promise<Vault['passphrase']> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const key = await keyFromPassphrase(passphrase, salt, iterations);
  return { iterations, salt, nonce, wrapped: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, raw) };
}

async function keyFromPassphrase(passphrase: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', utf8(plainWords(passphrase)), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, material, WRAPPING, false, ['encrypt', 'decrypt']);
}

async function keyFromPasskey(secret: ArrayBuffer): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8('waymark-vault-1') };
  return crypto.subtle.deriveKey(derivation, material, WRAPPING, false, ['encrypt', 'decrypt']);
}

const WRAPPING = { name: 'AES-GCM', length: 256 };

/** For use, never to be read out again. */
function asKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

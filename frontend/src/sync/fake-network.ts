import { vi } from 'vitest';
import { fromBase64url, joined, textOf, toBase64url, utf8 } from '../lib/bytes';
import type { Sealed, SealKey } from '../lib/seal';
import { uuid7 } from '../lib/uuid7';

/** Who is signed in. */
export const USER = uuid7();

export interface Asked {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

type Reply = Response | 'offline';

/** Answer the app's requests from a function, and keep what was asked. Only the network is stood in for. */
export function fakeNetwork(answer: (asked: Asked) => Reply, who: () => string = () => USER, language = () => 'en'): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body;
    const asked = { method: init.method ?? 'GET', path, body, headers: init.headers as Record<string, string> };
    all.push(asked);
    const reply = asked.path === '/api/session' && asked.method === 'GET' ? sessionReply(who(), language()) : answer(asked);
    if (reply === 'offline') throw new TypeError('Failed to fetch');
    return reply;
  });
  return all;
}

/** A JSON answer. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

/** A problem answer. */
export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return json({ title: code, status, code }, status, headers);
}

function sessionReply(id: string, language: string): Response {
  const membership = { id: 'm', organisation: { id: 'o', name: 'Hopeworks' }, roles: ['worker'] };
  return json({ user: { id, name: 'A', short_name: 'A', language }, membership, memberships: [membership], csrf_token: 'fresh' });
}

/** A key as the server has one, and how it opens what was sealed to it. */
export async function fakeServerKey(): Promise<{ key: SealKey; open: (sealed: Sealed, bound: string) => Promise<unknown> }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const own = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const open = async ({ ephemeral, nonce, text }: Sealed, bound: string) => {
    const theirs = fromBase64url(ephemeral);
    const imported = await crypto.subtle.importKey('raw', theirs, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
    const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: imported }, pair.privateKey, 256);
    const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
    const derivation = { name: 'HKDF', hash: 'SHA-256', salt: joined(theirs, own), info: utf8('waymark-seal-1') };
    const key = await crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
    const algorithm = { name: 'AES-GCM', iv: fromBase64url(nonce), additionalData: utf8(bound) };
    return JSON.parse(textOf(await crypto.subtle.decrypt(algorithm, key, fromBase64url(text)))) as unknown;
  };
  return { key: { key_id: uuid7(), public_key: toBase64url(own) }, open };
}

import { expect, test } from 'vitest';
import { fromBase64url, randomBytes, toBase64url } from '../lib/bytes';
import { Sealer } from '../lib/seal';
import { uuid7 } from '../lib/uuid7';
import { Store } from './database';
import { draftAt, saveDraft } from './drafts';
import { keepJourney, keptJourney } from './kept';
import { addToOutbox, outboxItems } from './outbox';
import { addPasskey, changePassphrase, isLongEnough, ITERATIONS, makeVault, TRIES, tryPasskey, tryPassphrase } from './vault';

const WORDS = 'harbour acorn violin gravel';
/** What makes guessing slow would make testing slow. */
const QUICK = 10;
const photo = new Uint8Array([1, 2, 3]).buffer;

async function written(store: Store): Promise<string> {
  const all = await store.run(async database => {
    const names = ['outbox', 'files', 'private', 'drafts', 'meta'] as const;
    return Promise.all(names.map(name => database.getAll(name)));
  });
  const asText = (value: unknown): unknown => {
    if (value instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(value));
    if (value instanceof Uint8Array) return String.fromCharCode(...value);
    return value;
  };
  return JSON.stringify(all, (_key, value: unknown) => asText(value));
}

async function fill(store: Store): Promise<void> {
  await keepJourney(store, { enrolment_id: 'e', revision: 3, etag: '"x"', journey: { person: 'Dean M.' }, fetched_at: '2025-03-04T10:00:00Z' });
  await saveDraft(store, 'contact:e', { note: 'Dean spoke', photo });
}

test('without words nothing readable is written; with them it is there after a restart', async () => {
  const userId = uuid7();
  const store = new Store(userId);
  await fill(store);
  expect(await written(store)).not.toContain('Dean');
  await makeVault(store, WORDS, QUICK);
  expect(await written(store)).not.toContain('Dean');

  const again = new Store(userId);
  expect(await keptJourney(again, 'e')).toBeUndefined();
  expect(await draftAt(again, 'contact:e')).toBeNull();
  expect(await tryPassphrase(again, ' Harbour ACORN violin-gravel')).toMatchObject({ kind: 'open' });
  expect((await keptJourney(again, 'e'))?.journey).toEqual({ person: 'Dean M.' });
  expect(await draftAt(again, 'contact:e')).toEqual({ note: 'Dean spoke', photo });
});

test('a draft that goes on is kept with the record that came of it', async () => {
  const store = new Store(uuid7());
  await makeVault(store, WORDS, QUICK);
  const item = { id: uuid7(), action: 'assessment', body: {}, about: { words: '' }, files: [], recorded_at: '' };
  await addToOutbox(store, [item], null, { goesOn: { key: 'rate:e', value: { stage: 'handed-back' } } });
  expect(await draftAt(store, 'rate:e')).toEqual({ stage: 'handed-back' });
});

test('five wrong tries drop the key and what is under it; what waits stays', async () => {
  const store = new Store(uuid7());
  await makeVault(store, WORDS, QUICK);
  await fill(store);
  await addToOutbox(store, [{ id: uuid7(), action: 'contact', body: {}, recorded_at: '', files: [], about: { words: '' } }], null);
  await store.cabinet.lock();

  for (let left = TRIES - 1; left > 0; left--) {
    expect(await tryPassphrase(store, 'not these four words')).toMatchObject({ kind: 'wrong', triesLeft: left });
  }
  expect(await tryPassphrase(store, 'not these four words')).toMatchObject({ kind: 'gone' });

  expect(await tryPassphrase(store, WORDS)).toMatchObject({ kind: 'gone' });
  expect(await store.run(database => database.count('private'))).toBe(0);
  expect(await outboxItems(store)).toHaveLength(1);
});

test('a try that was right gives the others back', async () => {
  const store = new Store(uuid7());
  await makeVault(store, WORDS, QUICK);
  await tryPassphrase(store, 'wrong');
  await tryPassphrase(store, WORDS);
  expect(await tryPassphrase(store, 'wrong')).toMatchObject({ kind: 'wrong', triesLeft: TRIES - 1 });
});

test('locked, nothing is read and nothing written', async () => {
  const store = new Store(uuid7());
  await makeVault(store, WORDS, QUICK);
  await fill(store);
  await store.cabinet.lock();

  await saveDraft(store, 'contact:e', { note: 'late' });
  expect(await draftAt(store, 'contact:e')).toBeNull();
  await tryPassphrase(store, WORDS);
  expect(await draftAt(store, 'contact:e')).toMatchObject({ note: 'Dean spoke' });
});

test('a passkey opens the same key, another one does not; other words do, the old ones do not', async () => {
  const store = new Store(uuid7());
  const raw = await makeVault(store, WORDS, QUICK);
  const secret = randomBytes(32).buffer;
  await addPasskey(store, raw, { credential_id: new ArrayBuffer(4), prf_salt: randomBytes(32), secret });
  await store.cabinet.lock();
  expect(await tryPasskey(store, randomBytes(32).buffer)).toMatchObject({ kind: 'wrong' });
  expect(await tryPasskey(store, secret)).toMatchObject({ kind: 'open' });

  expect(await changePassphrase(store, WORDS, 'pewter lagoon cricket amber', QUICK)).toMatchObject({ kind: 'open' });
  expect(await tryPassphrase(store, WORDS)).toMatchObject({ kind: 'wrong' });
  expect(await tryPassphrase(store, 'pewter lagoon cricket amber')).toMatchObject({ kind: 'open' });
});

test.each([['one two three', false], ['same same same same', false], ['a b c d', false], ['harbour acorn violin gravel', true]])('%s is long enough: %s', (words, isIt) => {
  expect(isLongEnough(words)).toBe(isIt);
});

test('as it ships, a guess costs 600,000 rounds', async () => {
  const store = new Store(uuid7());
  await makeVault(store, WORDS);
  const vault = await store.run(database => database.get('vault', 'vault'));
  expect([ITERATIONS, vault?.passphrase.iterations]).toEqual([600_000, 600_000]);
}, 30_000);

test('who knows the words opens the copy beside it, never what is sealed', async () => {
  const store = new Store(uuid7());
  await makeVault(store, WORDS, QUICK);
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const sealer = await Sealer.to({ key_id: uuid7(), public_key: toBase64url(await crypto.subtle.exportKey('raw', pair.publicKey)) });
  await addToOutbox(store, [{ id: uuid7(), action: 'contact', body: {}, recorded_at: '', files: [], about: { words: 'Dean M.' } }], sealer);

  const opened = await tryPassphrase(store, WORDS);
  const [item] = await outboxItems(store);
  expect(item?.said?.about.words).toBe('Dean M.');
  const { nonce, text } = item!.sealed!;
  const known = opened.kind === 'open' ? [opened.key, await crypto.subtle.importKey('raw', opened.raw, 'AES-GCM', false, ['decrypt'])] : [];
  for (const key of known) {
    await expect(crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64url(nonce) }, key, fromBase64url(text))).rejects.toThrow();
  }
  expect(known).toHaveLength(2);
});

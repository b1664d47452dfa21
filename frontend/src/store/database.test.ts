import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { uuid7 } from '../lib/uuid7';
import { Store } from './database';
import { draftAt, dropDraft, hideOldDrafts, saveDraft } from './drafts';
import { forgetJourneys, keepJourney, keptRevisions } from './kept';
import { addToOutbox, outboxItems, queuedFile } from './outbox';
import { makeVault } from './vault';

test('a store opens again when the browser has closed it', async () => {
  const store = new Store(uuid7());
  await saveDraft(store, 'contact:1', { minutes: 40 });
  await store.run(async database => database.close());

  expect(await draftAt(store, 'contact:1')).toEqual({ minutes: 40 });
  await dropDraft(store, 'contact:1');
  expect(await draftAt(store, 'contact:1')).toBeNull();
});

test('what one person keeps is not in the store of another', async () => {
  const [one, other] = [new Store(uuid7()), new Store(uuid7())];
  await saveDraft(one, 'contact:1', 'words');
  expect(await draftAt(other, 'contact:1')).toBeNull();
});

test('a journey no longer held is forgotten', async () => {
  const store = new Store(uuid7());
  const kept = { revision: 3, etag: null, journey: {}, fetched_at: '2025-03-04T10:00:00Z' };
  await keepJourney(store, { enrolment_id: 'a', ...kept });
  await keepJourney(store, { enrolment_id: 'b', ...kept });
  await forgetJourneys(store, ['a']);
  expect(await keptRevisions(store)).toEqual(new Map([['b', 3]]));
});

/** A store as version 1 left it, with something of everything. */
async function storeOfVersion1(userId: string): Promise<void> {
  const database = await openDB(`waymark-${userId}`, 1, {
    upgrade: opened => {
      opened.createObjectStore('outbox', { keyPath: 'sequence' }).createIndex('id', 'id', { unique: true });
      opened.createObjectStore('received', { keyPath: 'id' }).createIndex('received_at', 'received_at');
      opened.createObjectStore('files', { keyPath: 'sha256' });
      opened.createObjectStore('journeys', { keyPath: 'enrolment_id' });
      opened.createObjectStore('caseload', { keyPath: 'scope' });
      opened.createObjectStore('drafts', { keyPath: 'key' });
      opened.createObjectStore('meta');
    },
  });
  const place = { device: 'd', epoch: 1, schema: 1, recorded_at: '2025-03-04T10:00:00Z', about: { words: 'Dean M.: met' } };
  await database.put('outbox', { ...place, id: 'first', sequence: 7, action: 'contact', body: { note: 'Dean' }, files: ['abc'] });
  const refusal = { title: 'no', status: 409, code: 'day-in-future' };
  await database.put('outbox', { ...place, id: 'second', sequence: 8, action: 'contact', body: { note: 'late' }, files: [], refusal });
  await database.put('files', { sha256: 'abc', bytes: new ArrayBuffer(9), media_type: 'image/png', size_bytes: 9, name: 'Dean.png', complete: false });
  await database.put('journeys', { enrolment_id: 'e', revision: 1, etag: null, journey: { name: 'Dean' }, fetched_at: '' });
  await database.put('drafts', { key: 'contact:e', value: { note: 'half a sen' }, saved_at: '2025-03-04T10:00:00Z' });
  await database.put('meta', 'd', 'device');
  await database.put('meta', 1, 'epoch');
  await database.put('meta', 8, 'sequence');
  database.close();
}

test('from version 1 every record, file and draft is brought along, and no readable cache', async () => {
  const userId = uuid7();
  await storeOfVersion1(userId);
  const store = new Store(userId);

  const items = await outboxItems(store);
  expect(items.map(({ id, sequence, said, parked }) => [id, sequence, said?.about.words, parked?.code])).toEqual([
    ['first', 7, 'Dean M.: met', undefined], ['second', 8, 'Dean M.: met', 'day-in-future'],
  ]);
  expect(items[1]?.said?.refusal?.code).toBe('day-in-future');
  expect((await queuedFile(store, 'abc'))?.bytes.byteLength).toBe(9);
  expect(await draftAt(store, 'contact:e')).toEqual({ note: 'half a sen' });
  expect((await keptRevisions(store)).size).toBe(0);
  const item = { id: uuid7(), action: 'contact', body: {}, recorded_at: '', files: [], about: { words: '' } };
  expect(await addToOutbox(store, [item], null)).toMatchObject([{ device: 'd', epoch: 1, sequence: 9 }]);

  await makeVault(store, 'four quite random words', 10);
  await hideOldDrafts(store);
  expect(await draftAt(store, 'contact:e')).toEqual({ note: 'half a sen' });
  expect(await store.run(database => database.getAll('drafts'))).toEqual([]);
});

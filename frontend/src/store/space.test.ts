import { expect, test, vi } from 'vitest';
import { uuid7 } from '../lib/uuid7';
import { Store } from './database';
import { draftAt, saveDraft } from './drafts';
import { addToOutbox, outboxRows } from './outbox';
import { hasRoomFor, isFull, keepReserve, makeRoomFor, NotSaved, RESERVE_BYTES, unkept, unsaved, whyNotSaved } from './space';

const reserved = (store: Store) => store.run(async database => ((await database.get('meta', 'reserve')) as ArrayBuffer | undefined)?.byteLength);
const noRoom = () => new DOMException('full', 'QuotaExceededError');

test('words find the room that was set aside; what can be fetched again takes none of it, and no photo comes', async () => {
  vi.stubGlobal('navigator', {});
  const store = new Store(uuid7());
  await keepReserve(store);
  expect(await reserved(store)).toBe(RESERVE_BYTES);
  expect(await hasRoomFor(store, 1_000)).toBe(true);

  await expect(store.run(() => Promise.reject(noRoom()), false)).rejects.toThrow('full');
  expect(await reserved(store)).toBe(RESERVE_BYTES);

  const write = vi.fn().mockRejectedValueOnce(noRoom()).mockResolvedValueOnce('written');
  expect(await store.run(write)).toBe('written');
  expect(await reserved(store)).toBeUndefined();
  expect(isFull.value).toBe(true);
  expect(await hasRoomFor(store, 1_000)).toBe(false);

  await keepReserve(store);
  expect(isFull.value).toBe(false);
  vi.unstubAllGlobals();
});

test('where nothing is set aside any more, journeys give way to a record', async () => {
  const store = new Store(uuid7());
  await store.cabinet.put('journeys', 'one', { person: 'Dean M.' });
  await saveDraft(store, 'contact:1', 'words');
  const write = vi.fn().mockRejectedValueOnce(noRoom()).mockResolvedValueOnce('written');

  expect(await makeRoomFor(store, write)).toBe('written');
  expect(await store.cabinet.marks('journeys')).toEqual([]);
  expect(await store.cabinet.marks('drafts')).toHaveLength(1);
});

test('what belongs together is written together with the going of its draft, or not at all', async () => {
  const store = new Store(uuid7());
  await saveDraft(store, 'milestone:1', 'words');
  const item = { id: uuid7(), action: 'milestone', body: {}, recorded_at: '', files: [], about: { words: '' } };
  const photo = { ...item, id: uuid7(), action: 'evidence' };

  await expect(addToOutbox(store, [item, photo, photo], null, { drafts: ['milestone:1'] })).rejects.toThrow();
  expect(await outboxRows(store)).toEqual([]);
  expect(await draftAt(store, 'milestone:1')).toBe('words');

  await addToOutbox(store, [item, photo], null, { drafts: ['milestone:1'] });
  expect((await outboxRows(store)).map(row => row.sequence)).toEqual([1, 2]);
});

test('where nothing at all fits, the app says so until there is room again', async () => {
  const store = new Store(uuid7());
  await expect(makeRoomFor(store, () => Promise.reject(noRoom()))).rejects.toThrow('full');
  expect(unkept.value).toBe('no-room');
  expect(whyNotSaved(noRoom())).toBeInstanceOf(NotSaved);
  expect(unsaved.value).toBe('no-room');
  whyNotSaved(new Error('the disk is broken'));
  expect(unsaved.value).toBe('broken');

  await saveDraft(store, 'contact:1', 'words');
  expect(unkept.value).toBeNull();

  vi.spyOn(store.cabinet, 'put').mockRejectedValueOnce(new DOMException('the disk is broken', 'UnknownError'));
  await expect(saveDraft(store, 'contact:1', 'more words')).rejects.toThrow('broken');
  expect(unkept.value).toBe('broken');
  await saveDraft(store, 'contact:1', 'more words');
  expect(unkept.value).toBeNull();
});

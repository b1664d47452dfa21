import { expect, test, vi } from 'vitest';
import { uuid7 } from '../lib/uuid7';
import { Store } from './database';
import { saveDraft } from './drafts';
import { hasRoomFor, isFull, keepReserve, makeRoomFor, RESERVE_BYTES } from './space';

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

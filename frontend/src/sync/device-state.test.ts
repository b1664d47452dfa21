import { deleteDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import { uuid7 } from '../lib/uuid7';
import { Store } from '../store/database';
import { keepFact } from '../store/device';
import { addToOutbox, removeFromOutbox } from '../store/outbox';
import { deviceState } from './device-state';
import { fakeServerKey } from './fake-network';

const MINUTE_MS = 60_000;
afterEach(() => void vi.unstubAllGlobals());

test('a tablet whose database the browser lost is still itself, and says how many records went with it', async () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
  vi.stubGlobal('navigator', { storage: { persisted: async () => true } });
  await keepFact('seal', (await fakeServerKey()).key);
  const user = uuid7();
  const store = new Store(user);
  const items = [await add(store), await add(store), await add(store)];
  await removeFromOutbox(store, items[0]!.id);
  const before = await deviceState(store);
  expect(before).toMatchObject({ pending: 2, last_sequence: 3 });
  expect(before).not.toHaveProperty('lost');

  await store.close();
  for (const name of [store.name, 'waymark-device']) await deleteDB(name);
  vi.setSystemTime(Date.now() + MINUTE_MS); // an epoch is the second in which a store was begun
  await keepFact('seal', (await fakeServerKey()).key);
  const anew = new Store(user);
  await add(anew);

  expect(await deviceState(anew)).toMatchObject({
    device: before!.device, pending: 1, last_sequence: 1, lost: { reason: 'store-gone', epoch: items[0]!.epoch, sequence: 3, count: 2 },
  });
  vi.useRealTimers();
  expect([...kept.values()].join()).not.toContain('Dean');
});

async function add(store: Store) {
  const item = { id: uuid7(), action: 'contact', body: { note: 'Dean' }, recorded_at: '2025-03-04T10:00:00Z', files: [], about: { words: 'Dean' } };
  return (await addToOutbox(store, [item], null))[0]!;
}

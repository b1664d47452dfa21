import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dayReached, isClockBehind, latestDay, today } from '../lib/dates';
import { uuid7 } from '../lib/uuid7';
import { Store } from './database';
import { addToOutbox, removeFromOutbox } from './outbox';
import { keptTold, noteTold, recallTold } from './told';

let store: Store;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-03-04T10:00:00Z') });
  store = new Store(uuid7());
});

afterEach(() => vi.useRealTimers());

async function add() {
  const item = { id: uuid7(), action: 'contact', body: {}, recorded_at: '2019-03-02T10:00:00Z', files: [], about: { words: 'Dean' } };
  return (await addToOutbox(store, [item], null))[0]!;
}

test('what the server said before something waited is kept until it has gone', async () => {
  expect(await keptTold(store)).toBeNull();
  await noteTold(store, '2025-03-04T10:00:00Z');
  const item = await add();
  await noteTold(store, '2025-03-09T10:00:00Z');
  expect(await keptTold(store)).toEqual({ told_at: '2025-03-04T10:00:00Z', told_sequence: item.sequence - 1 });

  await removeFromOutbox(store, item.id);
  await noteTold(store, '2025-03-09T10:05:00Z');
  expect(await keptTold(store)).toEqual({ told_at: '2025-03-09T10:05:00Z', told_sequence: item.sequence });
});

test('a clock that lies behind is known by what the server had said, and forbids no day that it may be in truth', async () => {
  await noteTold(store, '2025-03-09T10:05:00Z');
  vi.setSystemTime(new Date('2019-03-02T10:00:00Z'));
  await recallTold(store);
  expect([isClockBehind(), today(), dayReached(), latestDay()]).toEqual([true, '2019-03-02', '2025-03-09', '2025-03-23']);
  vi.setSystemTime(new Date('2025-03-12T10:00:00Z'));
  expect([isClockBehind(), dayReached(), latestDay()]).toEqual([false, '2025-03-12', '2025-03-12']);
});

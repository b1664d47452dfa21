import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addDays, dayOf, dayReached, dayWords, isClockBehind, latestDay, momentWords, today } from '../lib/dates';
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

test.each([
  ['+010025-11-22T10:00:00.000Z', '2073-09-23', 'Sat 23 Sept 2073, 11:00'],
  ['2099-11-22T10:00:00.000Z', '2071-11-22', 'Sun 22 Nov 2071, 10:00'],
  ['1904-01-01T00:00:00.000Z', '1988-01-01', 'Fri 1 Jan 1988, 00:00'],
  ['-000001-01-01T00:00:00.000Z', '1987-01-16', 'Fri 16 Jan 1987, 00:00'],
])('a clock that shows %s has days to reckon with, as the server has, and an outbox with a number it takes', async (shown, day, words) => {
  vi.setSystemTime(new Date(shown));
  expect([today(), dayOf(shown), momentWords(shown, '2025-03-04')]).toEqual([day, day, words]);
  expect([addDays(addDays(today(), 42), -42), dayWords(today(), '2025-03-04')]).toEqual([day, words.split(',')[0]]);
  const { epoch } = await add();
  expect(epoch >= 0 && epoch < 2 ** 31).toBe(true);
});

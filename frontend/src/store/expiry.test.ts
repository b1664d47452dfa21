import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { uuid7 } from '../lib/uuid7';
import { Store } from './database';
import { draftMarks, saveDraft } from './drafts';
import { gone, isByReference, isLastDay, letGo, noteContact } from './expiry';
import { keepJourney, keptJourney, keptList, takeScoresOut } from './kept';
import { notHereWords } from './not-here';

const DAY_MS = 86_400_000;
let store: Store;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-03-04T10:00:00Z') });
  store = new Store(uuid7());
});

afterEach(() => vi.useRealTimers());

const journey = {
  person: { short_name: 'Dean M.', first_name: 'Dean', reference: 'WM-4Q7K' },
  enrolment: { contract_id: 'c', state: 'started', started_on: '2024-11-04', notice_given_on: '2024-11-04' },
  ladders: [{ now: 7 }],
  sittings: [{ assessments: [{ rater: 'worker', scores: { health: 7 }, notes: {} }] }],
};
const keep = (more: object = {}) => keepJourney(store, { enrolment_id: 'e', revision: 1, etag: '"1"', fetched_at: '2025-03-04T10:00:00Z', journey: { ...journey, ...more } });
const wait = (days: number) => vi.setSystemTime(Date.now() + days * DAY_MS);
const nameHere = async () => ((await keptJourney(store, 'e'))?.journey as typeof journey | undefined)?.person.short_name;

test('names go after the days allowed, a day before it says so; recording by reference goes on to the fourteenth', async () => {
  await keep();
  await noteContact(store, 5);
  wait(4.5);
  await letGo(store);
  expect([await nameHere(), isLastDay(), isByReference.value]).toEqual(['Dean M.', true, false]);
  expect(notHereWords({ kind: 'offline' })).toBe('There is no connection. Try again when there is one.');
  wait(1);
  await letGo(store);
  expect([await nameHere(), isByReference.value]).toEqual(['WM-4Q7K', true]);
  const rows = (await keptList(store, 'm:mine:live:'))?.rows as { short_name: string }[];
  expect(rows.map(row => row.short_name)).toEqual(['WM-4Q7K']);
  expect(notHereWords({ kind: 'offline' })).toMatch(/for 5 days, so names and journeys left it on Sun 9 March\. .* until Tue 18 March, 10:00\./);
  wait(9);
  await letGo(store);
  expect(await nameHere()).toBeUndefined();
  expect(notHereWords({ kind: 'offline' })).toMatch(/for 14 days, so nobody stands on it/);
  await noteContact(store, 5);
  expect([gone.value, isByReference.value]).toEqual([null, false]);
});

test('a clock put back keeps nothing longer', async () => {
  await keep();
  await noteContact(store, 5);
  wait(6);
  await letGo(store);
  wait(-6);
  await keep();
  await letGo(store);
  expect(await nameHere()).toBe('WM-4Q7K');
});

test('from its day on a journey holds no earlier score', async () => {
  await keep({ scores_hidden_from: '2025-03-06' });
  expect((await keptJourney(store, 'e'))?.journey).toMatchObject({ ladders: [{ now: 7 }] });
  wait(2);
  expect(JSON.stringify((await keptJourney(store, 'e'))?.journey)).not.toMatch(/"health":7|"now":7/);
  expect(await takeScoresOut(store)).toBe(1);
  wait(-2);
  expect((await keptJourney(store, 'e'))?.journey).toMatchObject({ ladders: [], is_folded: true, scores_hidden_until_rated: true });
});

test('what both have seen of a sitting is gone the next day; what is still to be finished stays', async () => {
  await saveDraft(store, 'rate:seen', { stage: 'together', sealed: { worker: { health: 7 } } });
  await saveDraft(store, 'rate:begun', { stage: 'worker', scores: { health: 7 } });
  await takeScoresOut(store);
  expect(await draftMarks(store)).toHaveLength(2);
  wait(1);
  await takeScoresOut(store);
  expect((await draftMarks(store)).map(({ key }) => key)).toEqual(['rate:begun']);
});

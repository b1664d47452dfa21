import { expect, test } from 'vitest';
import { uuid7 } from '../lib/uuid7';
import { Store } from './database';
import { draftAt, dropDraft, saveDraft } from './drafts';
import { forgetJourneys, keepJourney, keptRevisions } from './kept';

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

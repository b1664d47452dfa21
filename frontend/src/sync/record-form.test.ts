import { expect, test } from 'vitest';
import type { Person } from '../api/person';
import { uuid7 } from '../lib/uuid7';
import { loadSession } from '../store/session';
import { fakeNetwork, json, problem } from './fake-network';
import { flushNow } from './outbox';
import { correctionHref, reasonIn, refusedFor, supersededBy, textsIn } from './record-form';
import { localRecord, saidIn, writeRecord } from './recording';

test('a refused correction is put right as one: of the newest version, and with the reason that was given', async () => {
  fakeNetwork(({ path, body }) => {
    if (path !== '/api/sync/batches') return problem(404, 'not-found');
    const refused = { outcome: 'refused', problem: { code: 'already-superseded', title: '', status: 409 } };
    return json({ outcomes: (body as { items: { id: string }[] }).items.map(({ id }) => ({ id, ...refused })) });
  });
  await loadSession();
  const [first, newest] = [uuid7(), uuid7()];
  const id = await writeRecord({ action: 'contact', enrolmentId: uuid7(), words: 'met', body: {}, corrects: first, reason: 'By telephone.' });
  await flushNow();

  expect(correctionHref('contact', 'e', id, localRecord(id)?.state)).toBe(`/people/e/contact?replaces=${id}`);
  const person = { records: [], corrected: { [first]: newest } } as unknown as Person;
  expect(supersededBy(null, id, id, person)).toBe(newest);
  expect(reasonIn(saidIn(id, []) ?? {})).toBe('By telephone.');
  expect(reasonIn({ reason: 'moved-away' })).toBe(''); // why support ended is not why it was corrected
});

test('a record says its words in the order of its form: what is a code is none of them', () => {
  expect(textsIn({ goal: 'A job', steps: [{ words: 'Ring the kitchen' }], note: ' ', supersedes_id: 'a', reason: 'Wrong day.' })).toEqual(['A job', 'Ring the kitchen', 'Wrong day.']);
  expect(textsIn({ reason: 'moved-away', note: 'Gone to Leeds.' })).toEqual(['Gone to Leeds.']);
  expect(textsIn({ subject_id: 'a', reason: 'It was somebody else.' })).toEqual(['It was somebody else.']);
});

test('a form that puts a record right begins with what was found wrong in it', () => {
  const refusal = { code: 'invalid', title: '', status: 409, errors: [{ field: 'occurred_on', code: 'odd', detail: 'Choose a day.' }] };
  const record = { id: 'a', action: 'contact', about: { words: '' }, recorded_at: '', state: 'needs' as const };
  expect(refusedFor({ ...record, refusal })).toEqual([{ message: 'Choose a day.' }]);
  expect(refusedFor({ ...record, refusal: { code: 'record-superseded', title: '', status: 409 } })).toEqual([]);
  expect(refusedFor(undefined)).toEqual([]);
});

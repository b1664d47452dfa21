import { expect, test } from 'vitest';
import type { Person } from '../api/person';
import { uuid7 } from '../lib/uuid7';
import { loadSession } from '../store/session';
import { fakeNetwork, json, problem } from './fake-network';
import { flushNow } from './outbox';
import { correctionHref, reasonIn, supersededBy } from './record-form';
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

import { expect, test } from 'vitest';
import { uuid7 } from '../lib/uuid7';
import { loadSession } from '../store/session';
import { fakeNetwork, problem } from './fake-network';
import { counts, flushNow, record } from './outbox';

async function meet(): Promise<void> {
  const id = uuid7();
  await record([{ id, action: 'contact', body: { id }, about: { words: 'met' }, at: new Date() }]);
  await flushNow();
}

test('a server that asked to be left alone is, also when more is recorded meanwhile', async () => {
  const asked = fakeNetwork(({ path }) => (
    path === '/api/sync/batches' ? problem(429, 'too-many-tries', { 'Retry-After': '60' }) : problem(404, 'not-found')
  ));
  const batches = () => asked.filter(({ path }) => path === '/api/sync/batches').length;
  await loadSession();

  await meet();
  expect(batches()).toBe(1);
  await meet();

  expect(batches()).toBe(1);
  expect(counts.value.saved).toBe(2);
});

import { expect, test } from 'vitest';
import { Sealer } from '../lib/seal';
import { uuid7 } from '../lib/uuid7';
import { rememberWho } from '../store/device';
import { Store } from '../store/database';
import { addToOutbox } from '../store/outbox';
import { fakeNetwork, fakeServerKey, json } from './fake-network';
import { gatherRescue, handIn, readRescue } from './rescue';

async function leftBy(shortName: string, sealer: Sealer): Promise<string> {
  const id = uuid7();
  const membership = { id: uuid7(), organisation: { id: 'o', name: 'Hopeworks' }, roles: ['worker' as const] };
  await rememberWho({ user: { id, name: shortName, short_name: shortName }, membership, memberships: [membership] }, true);
  const file = { sha256: uuid7(), bytes: new ArrayBuffer(30), media_type: 'image/png', size_bytes: 30, complete: false };
  const item = { id: uuid7(), action: 'contact', body: { note: 'Dean was met' }, recorded_at: '', files: [file], about: { words: 'Dean' } };
  await addToOutbox(new Store(id), [item], sealer);
  return id;
}

test('a rescue file holds what everybody left here, readable by nobody, and is handed in by anybody', async () => {
  const server = await fakeServerKey();
  const users = [await leftBy('Amina O.', await Sealer.to(server.key)), await leftBy('Sam P.', await Sealer.to(server.key))];

  const saved = JSON.stringify(await gatherRescue());
  expect(saved).not.toContain('Dean');
  const read = await readRescue(new File([saved], 'waymark.rescue.json'));
  expect(await readRescue(new File(['{}'], 'other.json'))).toBeNull();

  const asked = fakeNetwork(request => {
    if (!request.path.endsWith('/rescues')) return json({ received_bytes: 46, complete: true });
    const { items } = request.body as { items: { user: string }[] };
    return json({ outcomes: items.map(({ user }) => ({ outcome: user === users[0] ? 'recorded' : 'quarantined' })) });
  });
  expect(await handIn(read!)).toMatchObject({ kind: 'ok', data: { received: 1, quarantined: 1, refused: 0 } });
  const files = asked.filter(request => request.method === 'PUT').map(request => (request.body as { user_id: string }).user_id);
  expect(files.sort()).toEqual(users.sort());
});

import { beforeEach, describe, expect, test } from 'vitest';
import { uuid7 } from '../lib/uuid7';
import { Store, type QueuedFile } from '../store/database';
import { itemBound, Sealer } from '../lib/seal';
import { addToOutbox, outboxItems, outboxRows, queuedFile, receivedItems, sealOpenItems, unpark } from '../store/outbox';
import { nextDelayMs } from './backoff';
import { fakeNetwork, fakeServerKey, json, problem, USER, type Asked } from './fake-network';
import { flush } from './flush';

let store: Store;

beforeEach(async () => {
  store = new Store(USER);
  await store.run(async database => {
    const tx = database.transaction(['outbox', 'files', 'private', 'vault'], 'readwrite');
    await Promise.all((['outbox', 'files', 'private', 'vault'] as const).map(name => tx.objectStore(name).clear()));
    await tx.done;
  });
});

function makeFile(size: number): QueuedFile {
  const bytes = new ArrayBuffer(size);
  return { sha256: uuid7(), bytes, media_type: 'image/jpeg', size_bytes: size, complete: false };
}

async function add(words: string, files: QueuedFile[] = [], replaces?: string, sealer: Sealer | null = null) {
  const item = { id: uuid7(), action: 'record-contact', body: { words }, recorded_at: '2025-03-04T10:00:00Z' };
  return (await addToOutbox(store, [{ ...item, files, about: { words } }], sealer, { replaces }))[0]!;
}

const idsOf = (asked: Asked) => (asked.body as { items: { id: string }[] }).items.map(item => item.id);
const takeAll = (asked: Asked) => json({ outcomes: idsOf(asked).map(id => ({ id, outcome: 'recorded', receipt: 'r' })) });
const run = () => flush(store, () => undefined);

test('sequences have no gap, also when many are recorded at once', async () => {
  const items = await Promise.all(['a', 'b', 'c', 'd'].map(words => add(words)));
  const first = Math.min(...items.map(item => item.sequence));
  expect(items.map(item => item.sequence).sort((one, other) => one - other)).toEqual([0, 1, 2, 3].map(step => first + step));
  expect(new Set(items.map(item => item.device)).size).toBe(1);
});

test('what the server took leaves the outbox and stays in view as received', async () => {
  const item = await add('met');
  const asked = fakeNetwork(takeAll);

  expect(await run()).toEqual({ kind: 'done' });

  expect(await outboxItems(store)).toEqual([]);
  expect((await receivedItems(store)).map(received => received.id)).toEqual([item.id]);
  const { files: _files, open, ...place } = item;
  const { about: _about, ...said } = open!;
  expect(asked.at(-1)).toMatchObject({ path: '/api/sync/batches', body: { items: [{ ...place, ...said }] } });
  expect(asked.at(-1)?.headers['X-CSRF-Token']).toBe('fresh');
});

test('batches are of a hundred at most, oldest first', async () => {
  for (let place = 0; place < 130; place++) await add(String(place));
  const batches = fakeNetwork(takeAll);

  await run();

  const sizes = batches.filter(asked => asked.path.endsWith('/batches')).map(asked => idsOf(asked).length);
  expect(sizes).toEqual([100, 30]);
});

test('a refused item is parked with its reason, the rest goes, and its replacement too', async () => {
  const bad = await add('bad');
  const good = await add('good');
  fakeNetwork(asked => json({
    outcomes: idsOf(asked).map(id => id === bad.id
      ? { id, outcome: 'refused', problem: { code: 'day-in-future', detail: 'The day lies ahead.' } }
      : { id, outcome: 'recorded' }),
  }));

  await run();

  const [parked] = await outboxItems(store);
  expect(parked).toMatchObject({ id: bad.id, parked: { code: 'day-in-future' } });
  expect((await receivedItems(store)).map(item => item.id)).toEqual([good.id]);
  await add('better', [], bad.id);
  await run();
  expect(await outboxItems(store)).toEqual([]);
});

test('an item the answer does not name waits', async () => {
  await add('met');
  fakeNetwork(() => json({ outcomes: [] }));

  expect(await run()).toMatchObject({ kind: 'again' });
  expect(await outboxItems(store)).toHaveLength(1);
});

test('a batch that cannot be read is halved until the guilty item stands alone', async () => {
  const items = [await add('a'), await add('b'), await add('guilty'), await add('d')];
  const guilty = items[2]!.id;
  fakeNetwork(asked => (idsOf(asked).includes(guilty) ? problem(422, 'invalid') : takeAll(asked)));

  await run();

  expect((await outboxItems(store)).map(item => [item.id, item.parked?.code])).toEqual([[guilty, 'invalid']]);
});

describe('nothing is burnt', () => {
  test.each([
    ['offline', 'offline' as const, { kind: 'again', offline: true, retryAfterSeconds: null }],
    ['500', problem(500, 'internal-error'), { kind: 'again', offline: false, retryAfterSeconds: null }],
    ['429', problem(429, 'too-many-tries', { 'Retry-After': '7' }), { kind: 'again', offline: false, retryAfterSeconds: 7 }],
    ['somebody between us', new Response('<html>404</html>', { status: 404 }), { kind: 'again', offline: false, retryAfterSeconds: null }],
    ['401', problem(401, 'not-signed-in'), { kind: 'signed-out' }],
  ])('by %s', async (_name, reply, end) => {
    await add('met');
    fakeNetwork(() => reply);

    expect(await run()).toEqual(end);
    expect((await outboxItems(store)).map(item => item.parked)).toEqual([undefined]);
  });
});

test.each([[403, 'not-allowed'], [404, 'not-found']])('what our server answers with %s is parked with its reason, and may go again as it is', async (status, code) => {
  const item = await add('met');
  fakeNetwork(() => problem(status, code));
  await run();
  expect((await outboxItems(store)).map(row => row.parked?.code)).toEqual([code]);

  await unpark(store, item.id);
  const asked = fakeNetwork(takeAll);
  await run();
  expect(await outboxItems(store)).toEqual([]);
  expect(idsOf(asked.at(-1)!)).toEqual([item.id]);
});

test('while somebody else is signed in nothing of this person is sent', async () => {
  const other = new Store(uuid7());
  await addToOutbox(other, [{ id: uuid7(), action: 'contact', body: {}, recorded_at: '2025-03-04T10:00:00Z', files: [], about: { words: '' } }], null);
  const asked = fakeNetwork(takeAll);

  expect(await flush(other, () => undefined)).toEqual({ kind: 'signed-out' });

  expect(asked.filter(request => request.method !== 'GET')).toEqual([]);
});

describe('sealed', () => {
  test('an item opens for the server alone, in its place alone', async () => {
    const server = await fakeServerKey();
    const row = await add('Dean was met', [], undefined, await Sealer.to(server.key));

    expect(JSON.stringify(await outboxRows(store))).not.toContain('Dean');
    const bound = itemBound({ ...row, user_id: USER });
    expect(await server.open(row.sealed!, bound)).toMatchObject({ action: 'record-contact', body: { words: 'Dean was met' } });
    await expect(server.open(row.sealed!, bound.replace(/\d+$/, '99'))).rejects.toThrow();
  });

  test('the same item travels unchanged however often it is sent', async () => {
    const server = await fakeServerKey();
    await add('met', [], undefined, await Sealer.to(server.key));
    const asked = fakeNetwork(() => problem(503, 'unavailable'));
    await run();
    await run();
    const bodies = asked.filter(request => request.path.endsWith('/batches')).map(request => JSON.stringify(request.body));
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toBe(bodies[1]);
  });

  test('what was recorded before a key was known is sealed when one is, its photo too', async () => {
    const server = await fakeServerKey();
    const file = makeFile(1_000);
    await add('Dean was met', [file]);
    await sealOpenItems(store, await Sealer.to(server.key));

    const [row] = await outboxRows(store);
    expect(row).not.toHaveProperty('open');
    expect(row?.content_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await queuedFile(store, file.sha256)).toMatchObject({ size_bytes: 1_016, sealed: { key_id: server.key.key_id } });
    expect((await outboxItems(store))[0]?.said?.about.words).toBe('Dean was met');
  });

  test('an answer about somebody else parks nothing', async () => {
    const server = await fakeServerKey();
    await add('met', [], undefined, await Sealer.to(server.key));
    let asks = 0;
    fakeNetwork(
      asked => json({ outcomes: idsOf(asked).map(id => ({ id, outcome: 'refused', problem: { code: 'sealed-for-another' } })) }),
      () => (++asks > 1 ? 'somebody-else' : USER),
    );
    expect(await run()).toEqual({ kind: 'signed-out' });
    expect((await outboxItems(store)).map(item => item.parked)).toEqual([undefined]);
  });

  test('what a manager has to look at is handed in', async () => {
    await add('met');
    fakeNetwork(asked => json({ outcomes: idsOf(asked).map(id => ({ id, outcome: 'quarantined' })), device: { revoked: true } }));
    expect(await run()).toEqual({ kind: 'done', isRevoked: true });
    expect(await outboxItems(store)).toEqual([]);
  });
});

describe('files', () => {
  /** A server that holds what it was sent, and loses its answer to the second chunk. */
  function fileServer(asked: Asked, held: { bytes: number; size: number; lost: boolean }) {
    if (asked.path.endsWith('/batches')) return takeAll(asked);
    if (asked.method === 'PUT') held.size = (asked.body as { size_bytes: number }).size_bytes;
    if (asked.method === 'PATCH') {
      if (Number(asked.headers['Upload-Offset']) !== held.bytes) return problem(409, 'wrong-offset');
      held.bytes += (asked.body as ArrayBuffer).byteLength;
      if (!held.lost && held.bytes > 600_000) {
        held.lost = true;
        return 'offline' as const;
      }
    }
    return json({ received_bytes: held.bytes, complete: held.bytes === held.size });
  }

  test('go in chunks before their item, take up where they broke, and are forgotten once received', async () => {
    await add('before');
    const file = makeFile(1_300_000);
    await add('with photo', [file]);
    const held = { bytes: 0, size: 0, lost: false };
    const asked = fakeNetwork(request => fileServer(request, held));

    expect(await run()).toMatchObject({ kind: 'again', offline: true });
    expect((await outboxItems(store)).map(item => item.said?.about.words)).toEqual(['with photo']);
    expect(await run()).toEqual({ kind: 'done' });

    const offsets = asked.filter(request => request.method === 'PATCH').map(request => request.headers['Upload-Offset']);
    expect(offsets).toEqual(['0', '524288', '1048576']);
    expect(await outboxItems(store)).toEqual([]);
    expect(await queuedFile(store, file.sha256)).toBeUndefined();
  });

  test('a refused file parks its item alone', async () => {
    await add('with photo', [makeFile(10)]);
    await add('after');
    fakeNetwork(asked => (asked.path.endsWith('/batches') ? takeAll(asked) : problem(415, 'file-kind')));

    await run();

    expect((await outboxItems(store)).map(item => [item.said?.about.words, item.parked?.code])).toEqual([['with photo', 'file-kind']]);
  });
});

test('waiting grows to five minutes and never undercuts the server', () => {
  expect([1, 2, 3, 20].map(tries => nextDelayMs(tries, null, 1))).toEqual([1_000, 2_000, 4_000, 300_000]);
  expect(nextDelayMs(1, null, 0)).toBe(500);
  expect(nextDelayMs(1, 30, 0)).toBe(30_000);
});

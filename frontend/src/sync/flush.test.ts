import { beforeEach, describe, expect, test } from 'vitest';
import { uuid7 } from '../lib/uuid7';
import { Store, type QueuedFile } from '../store/database';
import { addToOutbox, outboxItems, queuedFile, receivedItems } from '../store/outbox';
import { nextDelayMs } from './backoff';
import { fakeNetwork, json, problem, type Asked } from './fake-network';
import { flush } from './flush';

let store: Store;

beforeEach(() => {
  store = new Store(uuid7());
});

function makeFile(size: number): QueuedFile {
  const bytes = new ArrayBuffer(size);
  return { sha256: uuid7(), bytes, media_type: 'image/jpeg', size_bytes: size, name: 'a.jpg', complete: false };
}

function add(words: string, files: QueuedFile[] = [], replaces?: string) {
  const item = { id: uuid7(), action: 'record-contact', body: { words }, recorded_at: '2025-03-04T10:00:00Z' };
  return addToOutbox(store, { ...item, files, about: { words } }, replaces);
}

const idsOf = (asked: Asked) => (asked.body as { items: { id: string }[] }).items.map(item => item.id);
const takeAll = (asked: Asked) => json({ outcomes: idsOf(asked).map(id => ({ id, outcome: 'recorded', receipt: 'r' })) });
const run = () => flush(store, () => undefined);

test('sequences have no gap, also when many are recorded at once', async () => {
  const items = await Promise.all(['a', 'b', 'c', 'd'].map(words => add(words)));
  expect(items.map(item => item.sequence).sort()).toEqual([1, 2, 3, 4]);
  expect(new Set(items.map(item => item.device)).size).toBe(1);
});

test('what the server took leaves the outbox and stays in view as received', async () => {
  const item = await add('met');
  const asked = fakeNetwork(takeAll);

  expect(await run()).toEqual({ kind: 'done' });

  expect(await outboxItems(store)).toEqual([]);
  expect((await receivedItems(store)).map(received => received.id)).toEqual([item.id]);
  const { files: _files, about: _about, ...wire } = item;
  expect(asked.at(-1)).toMatchObject({ path: '/api/sync/batches', body: { items: [wire] } });
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
  expect(parked).toMatchObject({ id: bad.id, refusal: { code: 'day-in-future' } });
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

  expect((await outboxItems(store)).map(item => [item.id, item.refusal?.code])).toEqual([[guilty, 'invalid']]);
});

describe('nothing is burnt', () => {
  test.each([
    ['offline', 'offline' as const, { kind: 'again', offline: true, retryAfterSeconds: null }],
    ['500', problem(500, 'internal-error'), { kind: 'again', offline: false, retryAfterSeconds: null }],
    ['429', problem(429, 'too-many-tries', { 'Retry-After': '7' }), { kind: 'again', offline: false, retryAfterSeconds: 7 }],
    ['404', problem(404, 'not-found'), { kind: 'again', offline: false, retryAfterSeconds: null }],
    ['401', problem(401, 'not-signed-in'), { kind: 'signed-out' }],
  ])('by %s', async (_name, reply, end) => {
    await add('met');
    fakeNetwork(() => reply);

    expect(await run()).toEqual(end);
    expect((await outboxItems(store)).map(item => item.refusal)).toEqual([undefined]);
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
    expect((await outboxItems(store)).map(item => item.about.words)).toEqual(['with photo']);
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

    expect((await outboxItems(store)).map(item => [item.about.words, item.refusal?.code])).toEqual([['with photo', 'file-kind']]);
  });
});

test('waiting grows to five minutes and never undercuts the server', () => {
  expect([1, 2, 3, 20].map(tries => nextDelayMs(tries, null, 1))).toEqual([1_000, 2_000, 4_000, 300_000]);
  expect(nextDelayMs(1, null, 0)).toBe(500);
  expect(nextDelayMs(1, 30, 0)).toBe(30_000);
});

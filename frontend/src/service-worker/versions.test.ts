import { expect, test } from 'vitest';
import { choose, dropOlder, inUse, missingOf, note } from './versions';

/** What a browser keeps, in memory. */
function memory(): CacheStorage {
  const kept = new Map<string, Map<string, Response>>();
  const cacheOf = (files: Map<string, Response>) => ({
    match: async (path: string) => files.get(path)?.clone(),
    put: async (path: string, response: Response) => void files.set(path, response),
    keys: async () => [...files.keys()].map(path => new Request(`https://waymark.test${path}`)),
    delete: async (path: string) => files.delete(path),
  });
  return {
    has: async (name: string) => kept.has(name),
    keys: async () => [...kept.keys()],
    delete: async (name: string) => kept.delete(name),
    open: async (name: string) => cacheOf(kept.get(name) ?? kept.set(name, new Map()).get(name)!),
  } as unknown as CacheStorage;
}

async function install(caches: CacheStorage, name: string): Promise<void> {
  await (await caches.open(name)).put(`/${name}.js`, new Response(name));
  await note(caches, name, [`/${name}.js`]);
}

test('a version stays in use until somebody agrees to another, however many came and took over since', async () => {
  const caches = memory();
  await install(caches, 'first');
  expect(await inUse(caches, 'first')).toBe('first');
  await choose(caches, 'first');
  await install(caches, 'second');
  expect(await inUse(caches, 'second')).toBe('first');
  await install(caches, 'third');
  expect(await inUse(caches, 'third')).toBe('first');
  expect(await missingOf(caches, 'first')).toEqual([]);

  await choose(caches, 'third');
  await dropOlder(caches, 'third');
  expect(await inUse(caches, 'third')).toBe('third');
  expect((await caches.keys()).filter(name => name !== 'waymark-choice')).toEqual(['third']);

  await install(caches, 'first'); // the server went back to it
  await dropOlder(caches, 'third');
  expect(await caches.has('first')).toBe(true);
});

test('what the browser let go of is missed, and a whole version that went is in use no more', async () => {
  const caches = memory();
  await install(caches, 'first');
  await choose(caches, 'first');
  await (await caches.open('first')).delete('/first.js');
  expect(await missingOf(caches, 'first')).toEqual(['/first.js']);

  await caches.delete('first');
  expect(await inUse(caches, 'second')).toBe('second');
});

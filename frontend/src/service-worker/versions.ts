/**
 * Which version of the app this device uses: the one that its person agreed to. The browser lets a newer worker take
 * over as soon as every page is closed; that worker goes on giving the older version's files until somebody agrees.
 */
const CHOICE = 'waymark-choice';
const USED = '/version-in-use';
/** Among a version's files: their names, and those of the caches that were here when it came. */
const FILES = '/files';
const BEFORE = '/caches-before';

/** The cache of the version in use; one's own where nobody has chosen, or where the browser let the other go. */
export async function inUse(caches: CacheStorage, mine: string): Promise<string> {
  const said = (await caches.has(CHOICE)) ? await (await caches.open(CHOICE)).match(USED) : undefined;
  const name = await said?.text();
  return name && (await caches.has(name)) ? name : mine;
}

/** Somebody agreed to this version, or there is no other. */
export async function choose(caches: CacheStorage, mine: string): Promise<void> {
  await (await caches.open(CHOICE)).put(USED, new Response(mine));
}

/** Note what this version is made of, and which caches were here before it. */
export async function note(caches: CacheStorage, mine: string, files: readonly string[]): Promise<void> {
  const before = (await caches.keys()).filter(name => name !== mine && name !== CHOICE);
  const cache = await caches.open(mine);
  await cache.put(BEFORE, new Response(JSON.stringify(before)));
  await cache.put(FILES, new Response(JSON.stringify(files)));
}

/** What came later belongs to a newer version that waits in its turn: taking that away would leave it empty. */
export async function dropOlder(caches: CacheStorage, mine: string): Promise<void> {
  await Promise.all((await listed(caches, mine, BEFORE)).map(name => caches.delete(name)));
  await (await caches.open(mine)).put(BEFORE, new Response('[]')); // one of those names may come again
}

/** The files of a version that are not here, with the list of them; a browser short of room may have let some go. */
export async function missingOf(caches: CacheStorage, name: string): Promise<string[]> {
  const kept = new Set((await (await caches.open(name)).keys()).map(request => new URL(request.url).pathname));
  return [FILES, ...(await listed(caches, name, FILES))].filter(file => !kept.has(file));
}

async function listed(caches: CacheStorage, name: string, of: string): Promise<string[]> {
  const noted = await (await caches.open(name)).match(of);
  return noted ? ((await noted.json()) as string[]) : [];
}

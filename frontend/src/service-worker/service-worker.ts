/// <reference lib="webworker" />
export {}; // a module, so that its names are its own
declare const self: ServiceWorkerGlobalScope;

// Both are stamped when the app is built.
const VERSION = '__VERSION__';
const FILES = '__FILES__'.split('|').map(file => `/${file}`);

const CACHE = `waymark-${VERSION}`;
const SHELL = '/index.html';
/** Among the files: the names of the caches that were here when this version came. */
const BEFORE = '/caches-before';

self.addEventListener('install', event => event.waitUntil(keepAll()));

/** Keep every file of this version, and note which caches were here before: those go when it takes over. */
async function keepAll(): Promise<void> {
  const before = (await caches.keys()).filter(name => name !== CACHE);
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map(freshly));
  await cache.put(BEFORE, new Response(JSON.stringify(before)));
}

const freshly = (file: string) => new Request(file, { cache: 'reload' });

self.addEventListener('activate', event => event.waitUntil(dropOlder().then(() => self.clients.claim())));

/** What came later belongs to a newer version that waits in its turn: taking that away would leave it empty. */
async function dropOlder(): Promise<void> {
  const noted = await (await caches.open(CACHE)).match(BEFORE);
  const before = noted ? ((await noted.json()) as string[]) : [];
  await Promise.all(before.map(name => caches.delete(name)));
}

// A new version waits until the person agrees; nothing changes under their hands.
self.addEventListener('message', event => {
  if (event.data === 'use-new-version') void self.skipWaiting();
  if (event.data === 'is-all-kept') event.waitUntil(isAllKept().then(isKept => event.ports[0]?.postMessage(isKept)));
});

/** Whether each file of this version is here. A browser short of room may have let some go: they are fetched again. */
async function isAllKept(): Promise<boolean> {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map(request => new URL(request.url).pathname));
  const missing = FILES.filter(file => !kept.has(file));
  if (missing.length === 0) return true;
  try {
    // A server that has moved on gives the files of another version: that one comes by an update, whole.
    const now = await (await fetch('/service-worker.js', { cache: 'no-store' })).text();
    if (!now.includes(VERSION)) return false;
    await cache.addAll(missing.map(freshly));
    return true;
  } catch {
    return false; // out of touch, or no room
  }
}

self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (isServers(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(kept(SHELL, request));
  else if (FILES.includes(url.pathname)) event.respondWith(kept(url.pathname, request));
});

/** What the server answers itself is never kept: the API, its documents, its probes. */
function isServers(path: string): boolean {
  return /^\/(api\/|docs|openapi\.json|livez|readyz)/.test(path);
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

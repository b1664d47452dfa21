/// <reference lib="webworker" />
export {}; // a module, so that its names are its own
declare const self: ServiceWorkerGlobalScope;

// Both are stamped when the app is built.
const VERSION = '__VERSION__';
const FILES = '__FILES__'.split('|').map(file => `/${file}`);

const CACHE = `waymark-${VERSION}`;
const SHELL = '/index.html';

self.addEventListener('install', event => {
  const fresh = FILES.map(file => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(CACHE).then(cache => cache.addAll(fresh)));
});

self.addEventListener('activate', event => {
  event.waitUntil(
    caches
      .keys()
      .then(names => Promise.all(names.filter(name => name !== CACHE).map(name => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// A new version waits until the person agrees; nothing changes under their hands.
self.addEventListener('message', event => {
  if (event.data === 'use-new-version') void self.skipWaiting();
  if (event.data === 'is-all-kept') event.waitUntil(isAllKept().then(isKept => event.ports[0]?.postMessage(isKept)));
});

/** Whether each file of this version is here: a browser short of room may have let some go. */
async function isAllKept(): Promise<boolean> {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map(request => new URL(request.url).pathname));
  return FILES.every(file => kept.has(file));
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

/// <reference lib="webworker" />
import { choose, dropOlder, inUse, missingOf, note } from './versions';

declare const self: ServiceWorkerGlobalScope;

// Both are stamped when the app is built.
const VERSION = '__VERSION__';
const FILES = '__FILES__'.split('|').map(file => `/${file}`);

const CACHE = `waymark-${VERSION}`;
const SHELL = '/index.html';

self.addEventListener('install', event => event.waitUntil(keepAll()));

/** Keep every file of this version, and note what was here before: that goes when it takes over. */
async function keepAll(): Promise<void> {
  await (await caches.open(CACHE)).addAll(FILES.map(freshly));
  await note(caches, CACHE, FILES);
}

const freshly = (file: string) => new Request(file, { cache: 'reload' });

self.addEventListener('activate', event => event.waitUntil(takeOver().then(() => self.clients.claim())));

/** Where nobody agreed yet, because the last page was merely closed, the version before stays in use. */
async function takeOver(): Promise<void> {
  if ((await used()) !== CACHE) return;
  await choose(caches, CACHE);
  await dropOlder(caches, CACHE);
}

let known: Promise<string> | null = null;

const used = () => (known ??= inUse(caches, CACHE));

// A new version waits until the person agrees; nothing changes under their hands.
self.addEventListener('message', event => {
  const answer = ANSWERS[String(event.data)];
  if (answer) event.waitUntil(answer().then(said => event.ports[0]?.postMessage(said)));
});

const ANSWERS: Record<string, () => Promise<boolean>> = {
  'use-new-version': agree,
  'is-other-in-use': isOtherInUse,
  'is-all-kept': isAllKept,
};

/** The pages that are open need what came before until they are opened anew. */
async function agree(): Promise<boolean> {
  await choose(caches, CACHE);
  known = null;
  await self.skipWaiting();
  return true;
}

/** Asked by each page as it opens: what nobody needs any more can go. */
async function isOtherInUse(): Promise<boolean> {
  await takeOver();
  return (await used()) !== CACHE;
}

/** Whether each file of the version in use is here. A browser may have let some go: they are fetched again. */
async function isAllKept(): Promise<boolean> {
  const name = await used();
  if ((await missingOf(caches, name)).length === 0) return true;
  if (name !== CACHE) return false;
  try {
    // A server that has moved on gives the files of another version: that one comes by an update, whole.
    const now = await (await fetch('/service-worker.js', { cache: 'no-store' })).text();
    if (!now.includes(VERSION)) return false;
    await keepAll();
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
  event.respondWith(kept(request.mode === 'navigate' ? SHELL : url.pathname, request));
});

/** What the server answers itself is never kept: the API, its documents, its probes. */
function isServers(path: string): boolean {
  return /^\/(api\/|docs|openapi\.json|livez|readyz)/.test(path);
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(await used());
  return (await cache.match(path)) ?? (await caches.match(path)) ?? fetch(request);
}

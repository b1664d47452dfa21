import { expect, test, vi } from 'vitest';
import { keptJourney, keptList } from '../store/kept';
import { currentSession, currentStore, loadSession } from '../store/session';
import { fakeNetwork, json, type Asked } from './fake-network';
import { missingJourneys, refreshHoldings } from './holdings';

const PAGE = 100;
const people = (count: number) => Array.from({ length: count }, (_, place) => `person-${place}`);

/** A server that holds these people for this worker; `isAway`: nobody answers. */
function serve(held: { ids: string[]; tag: string; isAway?: boolean; language?: string }) {
  return fakeNetwork(asked => {
    if (held.isAway) return 'offline';
    if (asked.path === '/api/holdings') return holdings(asked, held.ids, held.tag);
    if (asked.path.startsWith('/api/caseload')) return caseload(asked.path, held.ids);
    if (asked.path === '/api/home') return json({ sections: [] });
    return json({ title: held.language, person: { short_name: 'Dean M.', first_name: 'Dean', reference: asked.path.split('/').at(-1) } });
  }, undefined, () => held.language ?? 'en');
}

function holdings(asked: Asked, ids: string[], tag: string): Response {
  if (asked.headers['If-None-Match'] === tag) return new Response(null, { status: 304 });
  return json(ids.map(id => [id, 1]), 200, { ETag: tag });
}

function caseload(path: string, ids: string[]): Response {
  const from = Number(new URLSearchParams(path.split('?')[1]).get('after') ?? 0);
  const next = from + PAGE < ids.length ? String(from + PAGE) : null;
  return json({ items: ids.slice(from, from + PAGE).map(enrolment_id => ({ enrolment_id })), count: ids.length, next });
}

test('everybody a worker may hold opens underground, however many; who was taken from them is gone at the next contact', async () => {
  vi.stubGlobal('navigator', { onLine: true });
  const held: Parameters<typeof serve>[0] = { ids: people(130), tag: 'one' };
  const asked = serve(held);
  await loadSession();
  const store = currentStore();

  expect(await refreshHoldings(store)).toBe(true);
  expect(await missingJourneys(store)).toBe(0);
  const first = asked.length;
  expect(await refreshHoldings(store)).toBe(true);
  expect(asked.slice(first).map(({ path }) => path)).toEqual(['/api/holdings']); // nothing changed: one short answer

  held.isAway = true;
  expect(await refreshHoldings(store)).toBe(false);
  const list = await keptList(store, `${currentSession().membership.id}:mine:live:`);
  expect(list?.rows).toHaveLength(130);
  const opened = await Promise.all(held.ids.map(id => keptJourney(store, id)));
  expect(opened.filter(Boolean)).toHaveLength(130);

  Object.assign(held, { isAway: false, ids: people(129), tag: 'two' });
  expect(await refreshHoldings(store)).toBe(true);
  expect(await keptJourney(store, 'person-129')).toBeUndefined();
  expect((await keptList(store, `${currentSession().membership.id}:mine:live:`))?.rows).toHaveLength(129);
});

test('whoever reads in another language gets their people in it at the next contact', async () => {
  vi.stubGlobal('navigator', { onLine: true });
  const held: Parameters<typeof serve>[0] = { ids: people(9), tag: 'en', language: 'en' };
  const asked = serve(held);
  await loadSession();
  const store = currentStore();
  expect(await refreshHoldings(store)).toBe(true);

  Object.assign(held, { tag: 'cy', language: 'cy' });
  await loadSession();
  expect(await missingJourneys(store)).toBe(0); // all of them open, in the words of before
  const before = asked.length;
  expect(await refreshHoldings(store)).toBe(true);
  expect(asked.slice(before).filter(({ path }) => path.startsWith('/api/journeys/'))).toHaveLength(9);
  const titles = await Promise.all(held.ids.map(async id => ((await keptJourney(store, id))?.journey as { title: string }).title));
  expect(new Set(titles)).toEqual(new Set(['cy']));
  const after = asked.length;
  expect(await refreshHoldings(store)).toBe(true);
  expect(asked.slice(after).map(({ path }) => path)).toEqual(['/api/holdings']);
});

import { expect, test } from 'vitest';
import { uuid7 } from './uuid7';

test('an id says its version, its variant and its time', () => {
  const id = uuid7(Date.UTC(2999, 0, 1));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2999, 0, 1));
});

test('ids never run backwards, within a millisecond or with the clock set back', () => {
  const at = Date.UTC(2999, 0, 2);
  const ids = Array.from({ length: 10_000 }, (_, place) => uuid7(place < 5_000 ? at : at - 60_000));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

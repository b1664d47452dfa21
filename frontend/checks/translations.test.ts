import { expect, test } from 'vitest';
import { faultsOf, sourceHash } from './translations';

test.each([
  ['missing: home.met "Met"', {}, {}],
  ['stale: home.met "Met"', { met: 'Wedi cyfarfod' }, { met: 'of other' }],
  ['left over: home.gone', { met: 'Wedi cyfarfod', gone: 'Aeth' }, { met: sourceHash('Met') }],
])('a translation that is %s is named', (fault, welsh, sources) => {
  expect(faultsOf({ home: { met: 'Met' } }, { home: welsh }, { home: sources })).toEqual([fault]);
});

test('the same holes may stand in another order, and a count in words', () => {
  const english = { of: '{done} of {total}', people: { one: '{count} person', other: '{count} people' } };
  const welsh = { of: '{total}: {done}', people: { one: 'Un person', other: '{count} o bobl' } };
  const sources = { of: sourceHash(english.of), people: sourceHash(english.people) };
  expect(faultsOf({ home: english }, { home: welsh }, { home: sources })).toEqual([]);
  expect(faultsOf({ home: english }, { home: { ...welsh, of: '{done}' } }, { home: sources })).toEqual(['other holes: home.of "{done} of {total}"']);
});

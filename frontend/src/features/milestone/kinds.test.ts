import { expect, test } from 'vitest';
import type { MilestoneKind } from '../../api/library';
import { dueFirst, found } from './kinds';

function kind(code: string, title: string): MilestoneKind {
  return { code, title, description: `About ${title}.`, jet_group: 'attitudes', counts: ['certificate'], helps: [], hints: {} };
}

const kinds = [kind('course', 'Course completed'), kind('bus', 'Travelled alone'), kind('cafe', 'Café trial')];

test('a kind is found by any words of it, in any order and without accents', () => {
  expect(found(kinds, 'completed COURSE').map(({ code }) => code)).toEqual(['course']);
  expect(found(kinds, 'cafe').map(({ code }) => code)).toEqual(['cafe']);
  expect(found(kinds, '')).toHaveLength(3);
  expect(found(kinds, 'moon')).toEqual([]);
});

test('what is not reached yet stands first', () => {
  const course = { id: 'a', kind: 'milestone', occurred_on: '2025-02-12', body: { kind: 'course' } };
  expect(dueFirst(kinds, [course]).map(({ code }) => code)).toEqual(['bus', 'cafe', 'course']);
});

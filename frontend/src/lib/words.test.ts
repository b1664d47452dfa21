import { expect, test } from 'vitest';
import { addDays, dayOf, daysBetween, dayWords, longDayWords, momentAt, momentWords, monthWords } from './dates';
import { t } from './i18n';
import { moneyWords } from './money';
import { formErrors, problemWords } from './problems';

test('a day reads as people say it, with the year only when it is another', () => {
  expect(dayWords('2025-03-04', '2025-06-01')).toBe('Tue 4 March');
  expect(dayWords('2025-02-12', '2026-06-01')).toBe('Wed 12 Feb 2025');
  expect(longDayWords('2025-03-04')).toBe('Tuesday 4 March');
  expect(monthWords('2025-02')).toBe('February 2025');
});

test('a late summer evening in UTC is the next day in London', () => {
  expect(dayOf('2025-06-30T23:30:00Z')).toBe('2025-07-01');
  expect(momentWords('2025-06-30T23:30:00Z', '2025-07-01')).toBe('Tue 1 July, 00:30');
});

test('a time by London\u2019s clocks is an hour earlier in UTC in summer', () => {
  expect([momentAt('2025-03-04', '10:30'), momentAt('2025-06-30', '00:15')]).toEqual([
    '2025-03-04T10:30:00.000Z', '2025-06-29T23:15:00.000Z',
  ]);
});

test('days are counted across the change of the clocks', () => {
  expect(addDays('2025-03-29', 2)).toBe('2025-03-31');
  expect(daysBetween('2025-03-29', '2025-03-31')).toBe(2);
});

test('pence are pounds on the screen', () => {
  expect([152_000, -2_000, 5].map(moneyWords)).toEqual(['£1,520.00', '\u2212£20.00', '£0.05']);
});

test('a phrase takes the form of its number', () => {
  expect(t('ui.show-more', { count: 1 })).toBe('Show the other one');
  expect(t('ui.show-more', { count: 11 })).toBe('Show the other 11');
});

test('a known code is said in our words, an unknown one in those of the server', () => {
  const problem = { title: 'Conflict', status: 409, code: 'claim-locked', detail: 'The claim is locked.' };
  expect(problemWords({ ...problem, code: 'not-allowed' })).toContain('Your role');
  expect(problemWords(problem)).toBe('The claim is locked.');
  const errors = [{ field: 'day', code: 'in-future', detail: 'The day lies ahead.' }];
  const answer = { kind: 'problem', problem: { ...problem, errors }, retryAfterSeconds: null } as const;
  expect(formErrors(answer)).toEqual([{ field: 'day', message: 'The day lies ahead.' }]);
});

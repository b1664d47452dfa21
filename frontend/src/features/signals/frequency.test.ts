import { expect, test } from 'vitest';
import { allowedFor, honestTeams } from './frequency';

test('a frequency is said as one team of so many', () => {
  expect(honestTeams(0.05)).toBe(20);
  expect(honestTeams(0.0123)).toBe(81);
  expect(honestTeams(0.00123)).toBe(810);
  expect(honestTeams(1e-9)).toBe(10_000);
  expect(honestTeams(0)).toBe(10_000);
});

test('what is allowed for is a whole number of cases', () => {
  expect(allowedFor(0.05, 240)).toBe(12);
  expect(allowedFor(0.01, 60)).toBe(1);
});

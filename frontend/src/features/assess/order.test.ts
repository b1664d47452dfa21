import { expect, it } from 'vitest';
import type { ClaimLine } from '../../api/claims';
import { chosenLine, nextLine } from './order';

const line = (id: string, state = 'submitted') => ({ id, state }) as ClaimLine;
const lines = [line('1', 'accepted'), line('2'), line('3', 'rejected'), line('4')] as const;

it('opens the line asked for, else the first that waits', () => {
  expect(chosenLine(lines, '3')).toBe(lines[2]);
  expect(chosenLine(lines, undefined)).toBe(lines[1]);
  expect(chosenLine([lines[0]], undefined)).toBe(lines[0]);
  expect(chosenLine([], undefined)).toBeNull();
});

it('goes on to the next that waits, round to the first', () => {
  expect(nextLine(lines, lines[1])).toBe(lines[3]);
  expect(nextLine(lines, lines[3])).toBe(lines[1]);
  expect(nextLine([lines[0], lines[1]], lines[1])).toBeNull();
});

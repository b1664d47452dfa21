import { expect, test } from 'vitest';
import { earliestPause, pausesOf } from './pauses';

const step = (name: string, happened_on: string, reason: string | null = null) => (
  { at: `${happened_on}T12:00:00Z`, happened_on, name, reason, user_id: null, other_id: null }
);
const steps = [step('accepted', '2025-01-06'), step('paused', '2025-02-03', 'health'), step('resumed', '2025-02-17'), step('paused', '2025-03-03', 'away')];

test('pauses stand newest first, and the last one may not have ended', () => {
  expect(pausesOf({ steps, ended_on: null, state: 'paused' })).toEqual([
    { from: '2025-03-03', until: null, reason: 'away' },
    { from: '2025-02-03', until: '2025-02-17', reason: 'health' },
  ]);
});

test('leaving ends the pause in which somebody was', () => {
  expect(pausesOf({ steps, ended_on: '2025-03-20', state: 'ended' })[0]?.until).toBe('2025-03-20');
});

test('a new pause begins after the last one, or after the start', () => {
  const standing = { ended_on: null, state: 'started', started_on: '2025-01-08' } as const;
  expect(earliestPause({ ...standing, steps: steps.slice(0, 3) })).toBe('2025-02-17');
  expect(earliestPause({ ...standing, steps: [] })).toBe('2025-01-08');
});

import { expect, test } from 'vitest';
import { HIDDEN_MS, isLeftAlone, PICKER_MS, QUIET_MS, TURN_QUIET_MS, type Presence } from './locking';

const here: Presence = { touchedAt: 0, hiddenAt: null, pickerAt: null, isTurn: false };

test.each<[string, Partial<Presence>, number]>([
  ['nobody touches it', {}, QUIET_MS],
  ['it is out of sight', { hiddenAt: 0, touchedAt: 0 }, HIDDEN_MS],
  ['a person answers in their own time', { isTurn: true }, TURN_QUIET_MS],
  ['our own camera is in front', { pickerAt: 0, hiddenAt: 0 }, PICKER_MS],
])('it locks when %s for long enough, and no sooner', (_what, presence, limit) => {
  expect(isLeftAlone({ ...here, ...presence }, limit - 1)).toBe(false);
  expect(isLeftAlone({ ...here, ...presence }, limit)).toBe(true);
});

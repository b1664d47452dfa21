import { describe, expect, test } from 'vitest';
import type { Answered, RatingTimes, Sitting } from '../../api/person';
import type { LocalRecord } from '../../sync/outbox';
import { focusOf, renamedBody } from './focus-of';
import { proposed, windows, withHere } from './occasion';

const TIMES: RatingTimes = {
  baseline_on: '2025-03-03', baseline_due_on: null, second_baseline_from: '2025-03-10', second_baseline_due_on: '2025-03-31',
  baseline_locks_on: '2025-04-28', review_due_on: '2025-05-26', takes_focus: true,
};

function sat(kind: string, occurred_on: string, more: Partial<Sitting> = {}): Sitting {
  return { sitting_id: `${kind}-${occurred_on}`, kind, occurred_on, raters: ['participant', 'worker'], ...more };
}

describe('which occasion is proposed, and why', () => {
  const at = (sittings: Sitting[], now: string, state = 'started') => proposed({ sittings, state, rating: TIMES }, now);
  const first = sat('baseline', '2025-03-03');

  test('the first baseline, until there is one that counts', () => {
    expect(proposed({ sittings: [], state: 'started', rating: { ...TIMES, baseline_due_on: '2025-03-20' } }, '2025-03-04'))
      .toEqual({ kind: 'baseline', why: 'first', day: '2025-03-20' });
    expect(at([{ ...first, is_crisis: true }], '2025-03-12').kind).toBe('baseline');
  });

  test.each([
    ['2025-03-09', 'second-soon', '2025-03-10'],
    ['2025-03-10', 'second-open', '2025-03-31'],
    ['2025-04-01', 'second-late', '2025-04-28'],
  ])('the second baseline on %s: %s', (now, why, day) => {
    expect(at([first], now)).toEqual({ kind: 'second-baseline', why, day });
  });

  test('a review once the baseline is locked, and exit at the end', () => {
    expect(at([first], '2025-04-29')).toEqual({ kind: 'review', why: 'review', day: '2025-05-26' });
    expect(at([first, sat('second-baseline', '2025-03-12')], '2025-03-13').kind).toBe('review');
    expect(at([first], '2025-03-12', 'ended').kind).toBe('exit');
  });

  test('what was held on this device counts before the server has told of it', () => {
    const waits = (id: string, said: Record<string, unknown>, more: Partial<LocalRecord> = {}): LocalRecord => ({
      id, action: 'assessment', about: { enrolment_id: 'e', words: '' }, recorded_at: '', state: 'saved',
      body: { sitting_id: 's', sitting_kind: 'baseline', rater: 'participant', occurred_on: '2025-03-04', ...said }, ...more,
    });
    const here = [waits('1', {}), waits('2', { rater: 'worker' }), waits('3', { sitting_id: 'x' }, { state: 'needs' }), waits('4', { sitting_id: 'y' }, { about: { enrolment_id: 'o', words: '' } })];
    expect(withHere([], 'e', here)).toEqual([{ sitting_id: 's', kind: 'baseline', occurred_on: '2025-03-04', raters: ['participant', 'worker'] }]);
    expect(at(withHere([], 'e', here), '2025-03-05')).toMatchObject({ kind: 'second-baseline', why: 'second-soon' });
    expect(withHere([first], 'e', [waits('1', { sitting_id: first.sitting_id, is_crisis: true })])).toEqual([{ ...first, is_crisis: true }]);
  });
  test('the window of the second baseline, pauses and all', () => {
    expect(windows({ sittings: [first], state: 'started', rating: TIMES })['second-baseline']).toEqual({ from: '2025-03-10', until: '2025-03-31' });
  });
});

describe('the three that matter most', () => {
  const own = { record_id: 'r', scores: { health: 3 }, notes: {}, own_words: null, help: 'none', language: 'cy', occurred_on: '2025-03-03', focus: null } as unknown as Answered;
  const first = sat('baseline', '2025-03-03', { own, instrument_id: 'i' });

  test('are named after the first baseline and before the second has begun', () => {
    expect(focusOf({ rating: TIMES, sittings: [first] })?.named).toEqual([]);
    expect(focusOf({ rating: TIMES, sittings: [first, { ...sat('second-baseline', '2025-03-12'), raters: ['participant'] }] })).toBeNull();
    expect(focusOf({ rating: { ...TIMES, takes_focus: false }, sittings: [first] })).toBeNull();
    expect(focusOf({ rating: TIMES, sittings: [sat('baseline', '2025-03-03')] })).toBeNull();
  });

  test('change nothing else that the person answered', () => {
    const focus = focusOf({ rating: TIMES, sittings: [first] });
    expect(focus && renamedBody(focus, ['a', 'b', 'c'])).toMatchObject({ scores: { health: 3 }, language: 'cy', focus: ['a', 'b', 'c'], occurred_on: '2025-03-03' });
  });
});

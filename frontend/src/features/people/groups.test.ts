import { beforeAll, describe, expect, test } from 'vitest';
import type { CaseloadRow } from '../../api/people';
import { loadWords } from '../../lib/i18n';
import { dueOf, endOfWeek, grouped, groupOf, noteOf } from './groups';

const TODAY = '2025-03-04';

function row(changes: Partial<CaseloadRow> = {}): CaseloadRow {
  return {
    enrolment_id: '0', revision: 1, reference: 'WM-4Q7K', short_name: 'Dean M.', heads_up: null, state: 'started',
    attention_on: TODAY, needs_you_on: null, needs_you_count: 0, needs_you_reason: null, next_planned_at: null,
    baseline_due_on: null, second_baseline_due_on: null, baseline_locks_on: null, review_due_on: null, plan_due_on: null, last_met_on: '2025-02-26', last_tried_on: null, moved_on: null,
    evidence_missing_count: 0, evidence_missing_kind: null, evidence_missing_title: null, referred_on: '2024-10-28',
    started_on: '2024-11-04', ended_on: null, worker_id: null, worker: null, provider: 'Hopeworks', ...changes,
  };
}

describe('a caseload', () => {
  beforeAll(async () => loadWords('people'));

  test('ends its week on Sunday', () => {
    expect(endOfWeek('2025-03-04')).toBe('2025-03-09');
    expect(endOfWeek('2025-03-09')).toBe('2025-03-09');
  });

  test('puts what was sent back before what is due', () => {
    const back = row({ needs_you_on: '2025-03-01', needs_you_count: 1, review_due_on: '2025-03-05' });
    const second = { second_baseline_due_on: '2025-03-01', last_met_on: TODAY };
    const again = [row({ ...second, baseline_locks_on: '2025-03-29' }), row({ ...second, baseline_locks_on: '2025-03-01' })];
    expect(grouped(again, TODAY).map(({ group }) => group)).toEqual(['this-week', 'nothing']);
    expect(grouped([row({ review_due_on: '2025-03-06' }), back], TODAY).map(({ group }) => group)).toEqual(['needs-you', 'this-week']);
  });

  test('says what is due and when', () => {
    const due = row({ review_due_on: '2025-03-06' });
    expect(dueOf(due, groupOf(due, TODAY), TODAY)).toEqual({ icon: 'calendar', words: `Review due Thu 6 March${yearOf('2025')}` });
  });

  test('says how long somebody was not met, and when they were tried', () => {
    const away = row({ last_met_on: '2025-01-31', last_tried_on: '2025-02-24' });
    expect(groupOf(away, TODAY)).toBe('not-met');
    expect(dueOf(away, 'not-met', TODAY).words).toBe('No meeting for 32 days');
    expect(noteOf(away, 'not-met', TODAY)).toContain('Tried Mon 24 Feb');
  });

  test('lets nobody stand in two groups', () => {
    const both = row({ last_met_on: '2025-01-31', review_due_on: '2025-03-06', needs_you_on: '2025-03-01' });
    expect(grouped([both], TODAY)).toHaveLength(1);
  });
});

function yearOf(year: string): string {
  return String(new Date().getFullYear()) === year ? '' : ` ${year}`;
}

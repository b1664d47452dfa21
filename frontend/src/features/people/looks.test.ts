import { beforeAll, expect, it } from 'vitest';
import type { CaseloadRow } from '../../api/people';
import { loadWords } from '../../lib/i18n';
import { lookWords } from './looks';

beforeAll(async () => loadWords('people'));

it('says in dates why somebody was found', () => {
  const row = { moved_on: null, started_on: '2025-01-06', last_met_on: null, baseline_due_on: null, baseline_locks_on: '2025-03-10' } as CaseloadRow;
  expect(lookWords('stuck', row)).toContain('Nothing since the start');
  expect(lookWords('stuck', { ...row, moved_on: '2025-01-20' })).toContain('Last step');
  expect(lookWords('baseline-closes', row)).toContain('locks');
  expect(lookWords('baseline-closes', { ...row, baseline_due_on: '2025-03-08' })).toContain('First baseline');
  expect(lookWords('not-met', row)).toBe('Not met yet');
});

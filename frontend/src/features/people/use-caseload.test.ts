import { expect, test } from 'vitest';
import type { CaseloadRow } from '../../api/people';
import type { Answer } from '../../lib/result';
import { withNextPage, type CaseloadState } from './use-caseload';

const person = (enrolment_id: string) => ({ enrolment_id }) as CaseloadRow;
const list = (names: string[], next: string | null): CaseloadState => ({ rows: names.map(person), count: 9, next, busy: true, failure: null });
const page = (names: string[], next: string | null) =>
  ({ kind: 'ok', data: { items: names.map(person), count: 9, next }, status: 200, etag: null }) satisfies Answer<unknown>;

test('a further page stands behind those before it', () => {
  const whole = withNextPage(list(['dean'], 'after-dean'), 'after-dean', page(['aisha'], null));

  expect([whole.rows?.map(row => row.enrolment_id), whole.next, whole.busy]).toEqual([['dean', 'aisha'], null, false]);
});

test('a page of a list that was left does not come into another one, and none comes twice', () => {
  const other = list(['rosa'], 'after-rosa');

  expect(withNextPage(other, 'after-dean', page(['aisha'], null))).toBe(other);
  expect(withNextPage(list(['dean', 'aisha'], null), 'after-dean', page(['aisha'], null)).rows).toHaveLength(2);
});

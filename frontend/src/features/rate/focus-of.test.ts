import { expect, test } from 'vitest';
import type { Answered } from '../../api/person';
import type { LocalRecord } from '../../sync/outbox';
import { namedHere, type Focus } from './focus-of';

const focus = { sittingId: 's', instrumentId: 'i', answered: { record_id: 'first' } as Answered, named: ['health'] } satisfies Focus;
const written = (id: string, supersedes: string, named: string[], more: Partial<LocalRecord> = {}): LocalRecord => ({
  id, action: 'assessment', body: { supersedes_id: supersedes, focus: named }, about: { enrolment_id: 'e', words: '' },
  recorded_at: '2026-11-22T10:00:00Z', state: 'saved', ...more,
});

test('what was named on this device counts before the server has told it, each change after the one before', () => {
  const here = [written('third', 'second', ['skills']), written('second', 'first', ['motivation'])];
  expect(namedHere(focus, here)).toMatchObject({ named: ['skills'], answered: { record_id: 'third' } });
});

test('what was refused, or said of other answers, names nothing', () => {
  expect(namedHere(focus, [written('second', 'first', ['skills'], { state: 'needs' }), written('other', 'else', [])])).toBe(focus);
});

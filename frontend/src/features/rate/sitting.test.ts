import { expect, test } from 'vitest';
import type { Ladder } from '../../api/library';
import type { Sitting } from '../../api/person';
import { changeOf, seenDifferently } from './change';
import { assessmentBody, beginning, beginTurn, choseNot, crisisBody, isHidden, lastDay, newSitting, seal, takenUp, toNameAmong } from './sitting';

const ladders = ['stability', 'health'].map(code => ({ code, title: code, short_title: code, question: '', worker_question: '', anchors: {} })) as Ladder[];

function sat(kind: string, occurred_on: string): Sitting {
  return { sitting_id: `${kind}-${occurred_on}`, kind, occurred_on, raters: ['participant', 'worker'] };
}

test('the person’s answers are sealed: nothing of them is in the worker’s turn', () => {
  const rated = { ...newSitting(), scores: { stability: 4, health: null }, notes: { stability: 'Better' }, own_words: 'Fine' };
  const after = { ...rated, ...seal(rated, 'participant') };
  expect(after).toMatchObject({ stage: 'handed-back', scores: {}, notes: {}, own_words: '' });
  const worker = { ...after, ...beginTurn('worker'), scores: { stability: 5 } };
  expect({ ...worker, ...seal(worker, 'worker') }.stage).toBe('together');
  const spoken = { ...rated, notes: { confidence: 'I rang them' }, own_words: ' It goes well. ' };
  expect(seal(spoken, 'participant')).toMatchObject({
    notes: {}, own_words: '', said: { participant: { notes: { confidence: 'I rang them' }, own_words: 'It goes well.' } },
  });
});

test('a ladder left out is an answer like any other', () => {
  const draft = { ...newSitting(), scores: { stability: 4 }, notes: { health: '  ' } };
  expect(assessmentBody(draft, 'participant', { language: 'cy', ladders })).toMatchObject({ language: 'cy', scores: { stability: 4, health: null }, notes: {} });
});

test('the worker may follow within fourteen days', () => {
  expect(lastDay({ ...newSitting(), occurred_on: '2025-02-20' })).toBe('2025-03-06');
});

test('somebody began in the middle of their baselines', () => {
  const scores = (stability: number | null) => ({ participant: { stability }, worker: { stability: 2 } });
  const sittings = [
    { ...sat('review', '2025-02-01'), scores: scores(9) },
    { ...sat('baseline', '2024-11-01'), scores: scores(1) },
    { ...sat('second-baseline', '2024-11-20'), scores: scores(2) },
    sat('baseline', '2024-01-01'),
  ];
  expect(beginning(sittings, 'now')).toEqual({ on: '2024-11-01', scores: { participant: { stability: 1.5 }, worker: { stability: 2 } } });
  expect(beginning([sat('baseline', '2024-01-01')], 'now')).toBeNull();
  expect(isHidden(sittings, 'now')).toBe(false);
});

test('answers that are off the device for now are not taken for answers that were never given', () => {
  const taken = { ...sat('baseline', '2024-11-01'), scores: { participant: {}, worker: {} } };
  expect(beginning([taken], 'now')).toBeNull();
  expect(isHidden([taken], 'now')).toBe(true);
});

test('what changed is said in words, chance apart', () => {
  expect([changeOf(2, 5), changeOf(4, 5), changeOf(4, 4), changeOf(5, 4), changeOf(7, 4)])
    .toEqual(['clearly-higher', 'going-up', 'about-the-same', 'going-down', 'clearly-lower']);
  expect([changeOf(null, 4), changeOf(4, null)]).toEqual(['first-time', 'not-said']);
  expect(seenDifferently(ladders, { stability: 2, health: 4 }, { stability: 6, health: 5 }).map(ladder => ladder.code)).toEqual(['stability']);
});

test('a sitting begun on another device is taken up with the worker’s turn', () => {
  const begun = { ...sat('review', '2025-03-01'), raters: ['participant'] };
  expect(takenUp(newSitting(), [begun], '2025-03-04')).toMatchObject({ sitting_id: begun.sitting_id, stage: 'handed-back', elsewhere: true });
  expect(takenUp(newSitting(), [begun], '2025-03-20')).toBeNull();
  expect(takenUp({ ...newSitting(), stage: 'participant' }, [begun], '2025-03-04')).toBeNull();
});

test('a sitting that was let be is neither taken up nor where somebody began', () => {
  const letBe = { ...sat('baseline', '2025-03-01'), raters: ['participant'], is_crisis: true, scores: { participant: { stability: 3 }, worker: {} } };
  expect(takenUp(newSitting(), [letBe], '2025-03-04')).toBeNull();
  expect(beginning([letBe], 'now')).toBeNull();
  expect(crisisBody({ ...newSitting(), kind: 'review' })).toMatchObject({ scores: {}, is_crisis: true, rater: 'worker' });
});

test('help and what matters most go with the person’s answers alone', () => {
  const draft = { ...newSitting(), help: 'interpreter' as const, focus: ['stability', 'health', 'skills'], scores: { stability: 4, health: 2 } };
  expect(assessmentBody(draft, 'participant', { language: 'en', ladders })).toMatchObject({ help: 'interpreter', focus: draft.focus });
  expect(assessmentBody(draft, 'second-rater', { language: 'en', ladders })).not.toHaveProperty('help');
  expect(assessmentBody({ ...draft, focus: [] }, 'participant', { language: 'en', ladders })).not.toHaveProperty('focus');
  expect(toNameAmong(ladders, draft.scores)).toEqual([]);
  expect([choseNot({ health: null }), choseNot({ health: 0 }), choseNot(undefined)]).toEqual([true, false, false]);
});

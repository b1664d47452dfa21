import { expect, test } from 'vitest';
import type { Picture, PictureFact } from '../../api/picture';
import { disagreementBody, takingBackBody, withSince } from './against';

const fact: PictureFact = {
  record_id: 'r1', kind: 'milestone', code: 'travelled-alone', title: 'Travelled alone', rater: null, occurred_on: '2025-03-04', disagreement: null,
};
const picture = { facts: [fact] } as unknown as Picture;

test('what was said since stands beside its fact, until it is taken back', () => {
  const said = withSince(picture, new Map([['r1', { id: 'd1', words: 'Not alone' }]]));

  expect(said.facts[0]?.disagreement?.words).toBe('Not alone');
  expect(withSince(said, new Map([['r1', null]])).facts[0]?.disagreement).toBeNull();
});

test('on the tablet the worker is there, on their own phone nobody', () => {
  expect(disagreementBody({ words: '', company: ['advocate'] }, 'on-tablet')).toMatchObject({ present: ['worker', 'advocate'], words: null });
  expect(disagreementBody({ words: 'No', company: [] }, 'own-phone')).toMatchObject({ present: [], words: 'No' });
});

test('taking it back names what is taken back', () => {
  const disputed = withSince(picture, new Map([['r1', { id: 'd1', words: '' }]])).facts[0]!;

  expect(takingBackBody(disputed, 'own-phone')).toMatchObject({ supersedes_id: 'd1', is_withdrawn: true });
});

import { expect, test } from 'vitest';
import type { PersonDetails } from '../../api/standing';
import { changesOf, draftOf } from './changes';

const details = {
  given_name: 'Dean', family_name: 'Marsh', born_on: null, phone: '+447700900123', postcode: 'LS1 4AP', language: 'en',
  access_needs: null, has_nino: true,
} as unknown as PersonDetails;

test('only what was changed is sent, and what was emptied as nothing', () => {
  expect(changesOf(details, draftOf(details))).toEqual({});
  expect(changesOf(details, { ...draftOf(details), phone: ' ', given_name: 'Deanna ' })).toEqual({ phone: null, given_name: 'Deanna' });
});

test('a number that is kept stays unless another is written, or it is taken away', () => {
  const draft = { ...draftOf(details), drops_nino: true };
  expect(changesOf(details, draft)).toEqual({ nino: null });
  expect(changesOf(details, { ...draft, nino: 'AB123456C' })).toEqual({ nino: 'AB123456C' });
});

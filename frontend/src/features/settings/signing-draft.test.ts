import { describe, expect, it } from 'vitest';
import { lastDayOf, signedBody, signingErrors, type SigningDraft } from './signing-draft';

const DRAFT: SigningDraft = {
  rater: 'worker', language: 'en', ladders: ['confidence'], source: 'provisional', sd: '2', r: '0.70', r_lower: '', n: '',
  reference: 'Board of 3 March', valid_from: '2026-03-03', valid_until: '2027-03-02',
};
const fields = (change: Partial<SigningDraft>) => signingErrors({ ...DRAFT, ...change }).map(error => error.field);

describe('figures to sign', () => {
  it('may be provisional up to .70 and for a year', () => {
    expect(fields({})).toEqual([]);
    expect(fields({ r: '0.71' })).toEqual(['r']);
    expect(fields({ valid_until: '' })).toEqual(['valid_until']);
    expect(lastDayOf('2026-03-03')).toBe('2027-03-02');
    expect(signedBody(DRAFT, 'i')).toMatchObject({ r_lower: '0.70', n: 0 });
  });

  it('come with their limit and pairs from a study', () => {
    expect(fields({ source: 'published', r: '0.85' })).toEqual(['r_lower', 'n']);
    expect(signedBody({ ...DRAFT, source: 'published', r_lower: '0.65', n: '214', valid_until: '' }, 'i')).toMatchObject({ r_lower: '0.65', n: 214, valid_until: null });
  });
});

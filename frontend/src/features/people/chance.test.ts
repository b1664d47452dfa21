import { beforeAll, describe, expect, it } from 'vitest';
import { loadWords } from '../../lib/i18n';
import { chanceWords, restsOn } from './chance';

const told = (moved: number, is_sure: boolean) => ({ half_width: 3, moved, is_sure });
const basis = { rater: 'participant', state: 'provisional', source: 'provisional', pairs: 0, reference: 'A', valid_until: '2026-12-31', is_shared: true, is_later: false } as const;

beforeAll(async () => loadWords('journey'));

describe('what chance explains, in words', () => {
  it('says of each rater how far they went, and whether chance explains it', () => {
    expect(chanceWords({ chance: { participant: told(3.5, true), worker: told(-1, false) } }, 'Dean', 'Amina')).toEqual([
      'Dean: went up by 3.5. That is more than chance explains.',
      'Amina: went down by 1, within what chance explains.',
    ]);
  });

  it('says nothing where it is not told', () => {
    expect(chanceWords({ chance: null }, 'Dean', 'Amina')).toEqual([]);
    expect(chanceWords({ chance: { participant: null, worker: told(0, false) } }, 'Dean', 'Amina')).toEqual(['Amina: no change.']);
  });

  it('says what the bands rest on once where it is the same of both', () => {
    expect(restsOn([basis, { ...basis, rater: 'worker' }], 'Dean', 'Amina')).toEqual([
      'The bands rest on provisional figures, signed by the commissioner until Thu 31 Dec. They are of all ladders together, taken to be alike for each.',
    ]);
    expect(restsOn([basis, { ...basis, rater: 'worker', source: null, state: 'shadow', is_shared: false }], 'Dean', 'Amina')).toHaveLength(2);
  });
});

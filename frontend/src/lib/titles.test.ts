import { expect, test } from 'vitest';
import { keepFromTitles, publicTitle } from './titles';

test('a name in a title is somebody, with a small letter inside a sentence', () => {
  keepFromTitles('Dean', 'Dean M.');

  expect(publicTitle('Dean M.', 'One person')).toBe('One person');
  expect(publicTitle('Rate together with Dean', 'One person')).toBe('Rate together with one person');
});

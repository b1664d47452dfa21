import { expect, test } from 'vitest';
import { askFor, takeAskedFor } from './asked-for';

test('what is looked for is asked once, then forgotten', () => {
  askFor('Dean');

  expect([takeAskedFor(), takeAskedFor()]).toEqual(['Dean', '']);
});

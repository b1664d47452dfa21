import { expect, test } from 'vitest';
import { basisPointsOf, countOf, penceOf, poundsText } from './amounts';

test('pounds are read to the penny, as people write them', () => {
  expect(['£1,250,000.50', '300', '0.1', '1.999', '-5', ''].map(penceOf)).toEqual([125_000_050, 30_000, 10, null, null, null]);
  expect([125_000_050, 30_000].map(poundsText)).toEqual(['1250000.50', '300']);
});

test('a share is at most the whole', () => {
  expect(['87.5 %', '100', '100.01', 'half'].map(basisPointsOf)).toEqual([8750, 10_000, null, null]);
});

test('a count lies between its limits', () => {
  expect([countOf('1,200', 0, 5000), countOf('0', 1, 9), countOf('2.5', 1, 9)]).toEqual([1200, null, null]);
});

import { expect, test } from '@jest/globals';
import { median } from '../../../shared/cost/median.ts';

test.each([
  [[], undefined],
  [[7], 7],
  [[9, 1], 5],
  [[10, 9, 100], 10],
  [[1, 2, 3, 100], 2.5],
])('the median of %j - %p', (values, middle) => {
  expect(median(values)).toBe(middle);
});

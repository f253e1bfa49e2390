import { expect, test } from '@jest/globals';
import { dollars, percent, plain } from '../../../web/parts/numbers.ts';

test('money - cents below a thousand', () => {
  expect([0.5, 76.834, 999.994, 12345.6].map(dollars)).toEqual(['$0.50', '$76.83', '$999.99', '$12,346']);
});

test('a share with anything missing - never the whole', () => {
  expect([100, 99.9999, 99.903, 0].map(percent)).toEqual(['100 %', '99.99 %', '99.9 %', '0 %']);
});

test('a number - grouped, without a zero at its end', () => {
  expect([184220, 12.04, 12.06].map((value) => plain(value))).toEqual(['184,220', '12', '12.1']);
});

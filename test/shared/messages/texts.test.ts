import { describe, expect, test } from '@jest/globals';
import { cut, shareOut } from '../../../shared/messages/texts.ts';

describe('shareOut', () => {
  const lengths = (sizes: number[], limit: number) =>
    shareOut(
      sizes.map((size) => 'x'.repeat(size)),
      limit,
    ).map(({ length }) => length);

  test.each([
    ['all have room', [3, 4, 5], 12, [3, 4, 5]],
    ['one is too long - the others are whole', [10, 1000, 20], 100, [10, 70, 20]],
    ['two are too long - they share what is left', [1000, 10, 1000], 110, [50, 10, 50]],
    ['none is there', [], 10, []],
    ['empty ones cost nothing', [0, 30, 0], 20, [0, 20, 0]],
  ])('%s', (_, sizes, limit, expected) => {
    expect(lengths(sizes, limit)).toEqual(expected);
  });
});

describe('cut', () => {
  test('characters of several parts - whole, or not at all', () => {
    expect(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12)).toBe('👩‍👩‍👧‍👦…');
    expect(cut('ж\u0301ж\u0301', 3)).toBe('ж\u0301…');
  });
});

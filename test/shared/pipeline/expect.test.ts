import { describe, expect, test } from '@jest/globals';
import { judgeDuration, judgeNumbers, usual } from '../../../shared/pipeline/expect.ts';

const FINE = { failures: [], warnings: [] };
const COLLECTED = { collected: { atLeast: 2700, failBelow: 2500 } };
const SHARE = { computed: { of: 'symbols', atLeast: 100, failBelow: 95 } };

describe('a number with a warning and a failure', () => {
  test.each([
    ['as many as expected - fine', 2700, FINE],
    ['one less - a warning', 2699, { failures: [], warnings: ['collected is 2699, less than 2700'] }],
    ['at the limit of failing - a warning', 2500, { failures: [], warnings: ['collected is 2500, less than 2700'] }],
    ['below it - a failure alone', 2499.5, { failures: ['collected is 2499.5, less than 2500'], warnings: [] }],
  ])('%s', (_, collected, judgement) => {
    expect(judgeNumbers(COLLECTED, { collected })).toEqual(judgement);
  });

  test('too much - the same the other way round', () => {
    const errors = { errors: { atMost: 3, failAbove: 10 } };
    expect(judgeNumbers(errors, { errors: 3 })).toEqual(FINE);
    expect(judgeNumbers(errors, { errors: 10 })).toEqual({ failures: [], warnings: ['errors is 10, more than 3'] });
    expect(judgeNumbers(errors, { errors: 11 })).toEqual({ failures: ['errors is 11, more than 10'], warnings: [] });
  });

  test('not reported - never taken for good', () => {
    expect(judgeNumbers(COLLECTED, {})).toEqual({ failures: ['collected was not reported'], warnings: [] });
    expect(judgeNumbers(COLLECTED, { collected: Number.NaN }).failures).toEqual(['collected was not reported']);
    expect(judgeNumbers({ rows: { atLeast: 1 } }, {})).toEqual({ failures: [], warnings: ['rows was not reported'] });
    // A number is not what every object has.
    expect(judgeNumbers({ valueOf: { atLeast: 1 } }, {}).warnings).toEqual(['valueOf was not reported']);
  });

  test('several numbers - each is judged', () => {
    const expected = { ...COLLECTED, errors: { atMost: 0 } };
    expect(judgeNumbers(expected, { collected: 2400, errors: 2 })).toEqual({
      failures: ['collected is 2400, less than 2500'],
      warnings: ['errors is 2, more than 0'],
    });
  });
});

describe('a share of another number', () => {
  test('what is held to the limits is percent', () => {
    expect(judgeNumbers(SHARE, { computed: 1000, symbols: 1000 })).toEqual(FINE);
    expect(judgeNumbers(SHARE, { computed: 950, symbols: 1000 })).toEqual({
      failures: [],
      warnings: ['computed is 95 percent of symbols, less than 100'],
    });
    expect(judgeNumbers(SHARE, { computed: 949, symbols: 1000 }).failures).toEqual([
      'computed is 94.9 percent of symbols, less than 95',
    ]);
  });

  test('of nothing, or of what was not reported - a failure with its reason', () => {
    expect(judgeNumbers(SHARE, { computed: 0, symbols: 0 }).failures).toEqual(['computed has no share: symbols is 0']);
    expect(judgeNumbers(SHARE, { computed: 5 }).failures).toEqual(['symbols was not reported']);
  });
});

describe('against the median of the runs before', () => {
  const near = { rows: { nearMedian: 10 } };
  const runs = (...rows: number[]) => rows.map((count) => ({ rows: count }));

  test('within so many percent - fine; further off, either way - a warning', () => {
    const before = runs(100, 98, 5000, 102, 100);
    expect(judgeNumbers(near, { rows: 110 }, before)).toEqual(FINE);
    expect(judgeNumbers(near, { rows: 111 }, before).warnings).toEqual([
      'rows is 111, usually 100: more than 10 percent off',
    ]);
    expect(judgeNumbers(near, { rows: 89 }, before).warnings).toHaveLength(1);
  });

  test('too few runs, or runs without the number - nothing is usual yet', () => {
    expect(judgeNumbers(near, { rows: 1 }, runs(100, 100, 100, 100))).toEqual(FINE);
    expect(judgeNumbers(near, { rows: 1 }, [...runs(100, 100, 100, 100), { other: 1 }])).toEqual(FINE);
  });

  test('usually none - any is unusual', () => {
    expect(judgeNumbers(near, { rows: 0 }, runs(0, 0, 0, 0, 0))).toEqual(FINE);
    expect(judgeNumbers(near, { rows: 1 }, runs(0, 0, 0, 0, 0)).warnings).toEqual([
      'rows is 1, usually 0: more than 10 percent off',
    ]);
  });

  test('more than the last 20 runs - the older ones do not count', () => {
    const before = runs(...Array.from({ length: 20 }, () => 100), ...Array.from({ length: 80 }, () => 1));
    expect(usual('rows', {}, before)).toBe(100);
  });

  test('a share - against the shares of the runs before', () => {
    const expected = { done: { of: 'all', nearMedian: 5 } };
    const before = Array.from({ length: 5 }, (_, run) => ({ done: 90 * (run + 1), all: 100 * (run + 1) }));
    expect(judgeNumbers(expected, { done: 9, all: 10 }, before)).toEqual(FINE);
    expect(judgeNumbers(expected, { done: 10, all: 10 }, before).warnings).toEqual([
      'done is 100 percent of all, usually 90: more than 5 percent off',
    ]);
  });
});

describe('how long a run took', () => {
  const limits = { warnSeconds: 600, failSeconds: 900 };

  test.each([
    ['at the warning - fine', 600, FINE],
    ['over it - a warning', 601, { failures: [], warnings: ['took 601 seconds, more than 600'] }],
    ['over what it may - a failure alone', 900.4, { failures: ['took 900 seconds, more than 900'], warnings: [] }],
  ])('%s', (_, seconds, judgement) => {
    expect(judgeDuration(limits, seconds)).toEqual(judgement);
  });

  test('no limits - fine however long', () => {
    expect(judgeDuration({}, 1e9)).toEqual(FINE);
  });
});

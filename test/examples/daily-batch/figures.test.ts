import { describe, expect, test } from '@jest/globals';
import { closeOf, closesOf, tradingDays } from '../../../examples/daily-batch/exchange.ts';
import { figuresOf, PERIODS } from '../../../examples/daily-batch/figures.ts';

/**
 * @source StockCharts' ChartSchool, "Relative Strength Index": the table of its example, 14 days
 */
const RSI = {
  closes: [
    ...[44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328],
    ...[45.614, 46.282, 46.282, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521, 45.7137, 46.4515],
    ...[45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314],
  ],
  published: [
    ...[70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87],
    ...[45.46, 37.3, 33.08, 37.77],
  ],
};

/**
 * @source StockCharts' ChartSchool, "Bollinger Bands": the table of its example, 20 days and 2 deviations; the middle is
 * the simple average
 */
const BANDS = {
  closes: [
    ...[86.1557, 89.0867, 88.7829, 90.3228, 89.0671, 91.1453, 89.4397, 89.175, 86.9302, 87.6752, 86.9596, 89.4299],
    ...[89.3221, 88.7241, 87.4497, 87.2634, 89.4985, 87.9006, 89.126, 90.7043, 92.9001, 92.9784, 91.8021, 92.6647],
    ...[92.6843, 92.3021, 92.7725, 92.5373, 92.949, 93.2039],
  ],
  middle: [88.71, 89.05, 89.24, 89.39, 89.51, 89.69, 89.75, 89.91, 90.08, 90.38, 90.66],
  upper: [91.29, 91.95, 92.61, 92.93, 93.31, 93.73, 93.9, 94.27, 94.57, 94.79, 95.04],
  lower: [86.12, 86.14, 85.87, 85.85, 85.7, 85.65, 85.59, 85.56, 85.6, 85.98, 86.27],
};

/** @source https://github.com/TulipCharts/tulipindicators, tests/untest.txt: `macd 2 5 9` */
const MACD = {
  closes: [81.59, 81.06, 82.87, 83.0, 83.61, 83.15, 82.84, 83.99, 84.55, 84.36, 85.53, 86.54, 86.89, 87.77, 87.29],
  macd: [0.62, 0.35, 0.11, 0.42, 0.58, 0.42, 0.68, 0.93, 0.89, 0.98, 0.62],
  histogram: [0.0, -0.21, -0.36, -0.05, 0.09, -0.05, 0.17, 0.33, 0.24, 0.26, -0.08],
};

/** Short enough for the examples, except what is looked at. */
const SHORT = {
  ...{ rsi: 2, macd: { short: 1, long: 2, signal: 1 }, bands: 2, averages: { sma20: 2, sma50: 2, sma200: 2 } },
};

/** The figures of each day from the first on that there are figures for. */
function daily(closes: number[], first: number, periods: object) {
  const days = closes.slice(first - 1).map((_, index) => closes.slice(0, first + index));
  return days.map((until) => figuresOf(until, { ...SHORT, ...periods }));
}

const rounded = (values: number[]) => values.map((value) => Math.round(value * 100) / 100 + 0);

describe('figuresOf, against published values', () => {
  test('RSI - to the hundredth', () => {
    const found = daily(RSI.closes, 15, { rsi: 14 }).map(({ rsi }) => rsi);
    expect(rounded(found)).toEqual(RSI.published);
  });

  test('Bollinger’s bands and the average - to the hundredth', () => {
    const found = daily(BANDS.closes, 20, { bands: 20, averages: { ...SHORT.averages, sma20: 20 } });
    expect(rounded(found.map(({ sma20 }) => sma20))).toEqual(BANDS.middle);
    expect(rounded(found.map(({ upper }) => upper))).toEqual(BANDS.upper);
    expect(rounded(found.map(({ lower }) => lower))).toEqual(BANDS.lower);
  });

  test('MACD - to the hundredth', () => {
    const found = daily(MACD.closes, 5, { macd: { short: 2, long: 5, signal: 9 } });
    expect(rounded(found.map(({ macd }) => macd))).toEqual(MACD.macd);
    expect(rounded(found.map(({ histogram }) => histogram))).toEqual(MACD.histogram);
  });

  test('averages of 20, 50 and 200 days - those of the last so many', () => {
    const closes = tradingDays('2026-11-23', 210).map((date) => closeOf('KOSPI-0001', date));
    const mean = (days: number) => closes.slice(-days).reduce((sum, close) => sum + close, 0) / days;
    const { sma20, sma50, sma200 } = figuresOf(closes);
    for (const [found, days] of [
      [sma20, 20],
      [sma50, 50],
      [sma200, 200],
    ] as const)
      expect(found).toBeCloseTo(mean(days), 6);
    expect(PERIODS).toMatchObject({ rsi: 14, macd: { short: 12, long: 26, signal: 9 }, bands: 20 });
  });

  test('fewer days than the longest average needs - an error, not a figure', () => {
    const closes = tradingDays('2026-11-23', 199).map((date) => closeOf('KOSPI-0001', date));
    expect(() => figuresOf(closes)).toThrow();
  });
});

describe('the made-up exchange', () => {
  test('what it lists on a day - as many as are collected, at prices that move', () => {
    expect(closesOf('KOSPI', '2026-11-23')).toHaveLength(950);
    expect(closesOf('KOSDAQ', '2026-11-23')).toHaveLength(1762);
    expect(closesOf('KOSPI', '2026-11-23')).toEqual(closesOf('KOSPI', '2026-11-23'));
    const closes = tradingDays('2026-11-23', 200).map((date) => closeOf('KOSDAQ-0600', date));
    expect(new Set(closes).size).toBeGreaterThan(150);
    expect(closes.every((close) => close > 0)).toBe(true);
  });

  test('its trading days - no weekends, the date itself last', () => {
    expect(tradingDays('2026-11-24', 4)).toEqual(['2026-11-19', '2026-11-20', '2026-11-23', '2026-11-24']);
  });
});

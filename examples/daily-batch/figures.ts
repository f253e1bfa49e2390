import { BollingerBands, EMA, MACD, RSI, SMA } from 'trading-signals';

/** The indicators of one symbol on its last day. */
export interface Figures {
  rsi: number;
  macd: number;
  signal: number;
  histogram: number;
  sma20: number;
  sma50: number;
  sma200: number;
  lower: number;
  upper: number;
}

/** Days. */
export interface Periods {
  rsi: number;
  macd: { short: number; long: number; signal: number };
  /** Of Bollinger's bands, which are two standard deviations away. */
  bands: number;
  averages: { sma20: number; sma50: number; sma200: number };
}

export const PERIODS: Periods = {
  rsi: 14,
  macd: { short: 12, long: 26, signal: 9 },
  bands: 20,
  averages: { sma20: 20, sma50: 50, sma200: 200 },
};

/**
 * RSI by Wilder's average, MACD, simple averages and Bollinger's bands.
 *
 * @param closes oldest first
 * @throws Error when there are fewer days than the longest average needs
 */
export function figuresOf(closes: number[], periods = PERIODS): Figures {
  const { short, long, signal: smoothing } = periods.macd;
  const { sma20, sma50, sma200 } = periods.averages;
  const { macd, signal, histogram } = last(new MACD(new EMA(short), new EMA(long), new EMA(smoothing)), closes);
  const { lower, upper } = last(new BollingerBands(periods.bands, 2), closes);
  return {
    ...{ rsi: last(new RSI(periods.rsi), closes), macd, signal, histogram },
    ...{
      sma20: last(new SMA(sma20), closes),
      sma50: last(new SMA(sma50), closes),
      sma200: last(new SMA(sma200), closes),
    },
    ...{ lower, upper },
  };
}

function last<T>(indicator: { updates(values: number[]): unknown; getResultOrThrow(): T }, closes: number[]): T {
  indicator.updates(closes);
  return indicator.getResultOrThrow();
}

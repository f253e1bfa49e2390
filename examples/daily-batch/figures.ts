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

/**
 * RSI of 14 days by Wilder's average, MACD of 12, 26 and 9 days, simple averages, and Bollinger's bands of 20 days at two
 * standard deviations.
 *
 * @param closes oldest first
 * @throws Error when there are fewer days than the longest average needs
 */
export function figuresOf(closes: number[]): Figures {
  const { macd, signal, histogram } = last(new MACD(new EMA(12), new EMA(26), new EMA(9)), closes);
  const { lower, upper } = last(new BollingerBands(20, 2), closes);
  return {
    ...{ rsi: last(new RSI(14), closes), macd, signal, histogram, lower, upper },
    ...{ sma20: last(new SMA(20), closes), sma50: last(new SMA(50), closes), sma200: last(new SMA(200), closes) },
  };
}

function last<T>(indicator: { updates(values: number[]): unknown; getResultOrThrow(): T }, closes: number[]): T {
  indicator.updates(closes);
  return indicator.getResultOrThrow();
}

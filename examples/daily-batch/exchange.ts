/**
 * A made-up exchange in the place of a real one's API: its prices are a function of the symbol and the day alone, so that
 * what is collected can be told beforehand.
 */

/** How much is listed. */
export const LISTED = { KOSPI: 950, KOSDAQ: 1762, INDEX: 4 } as const;

export type Market = keyof typeof LISTED;

export interface Price {
  symbol: string;
  close: number;
}

export function isMarket(name: string): name is Market {
  return Object.hasOwn(LISTED, name);
}

/** The symbols of a market, such as `KOSDAQ-0042`. */
export function symbolsOf(market: Market): string[] {
  return Array.from({ length: LISTED[market] }, (_, index) => `${market}-${String(index + 1).padStart(4, '0')}`);
}

/** What everything of a market closed at on a day. */
export function closesOf(market: Market, date: string): Price[] {
  return symbolsOf(market).map((symbol) => ({ symbol, close: closeOf(symbol, date) }));
}

/** The last trading days up to a date, which is the last; this exchange is closed on weekends only. */
export function tradingDays(date: string, count: number): string[] {
  const days: string[] = [];
  for (let day = numberOf(date); days.length < count; day--) if (isTradingDay(day)) days.unshift(dateOf(day));
  return days;
}

/** Two slow swings and a little chance around a level of its own. */
export function closeOf(symbol: string, date: string): number {
  const day = numberOf(date);
  const level = 1000 + Math.floor(chance(symbol, 0) * 99_000);
  const slow = Math.sin(day / (40 + 60 * chance(symbol, 1)) + 6 * chance(symbol, 2));
  const fast = Math.sin(day / (5 + 10 * chance(symbol, 3)) + 6 * chance(symbol, 4));
  return Math.round(level * (1 + 0.2 * slow + 0.05 * fast + 0.02 * (chance(symbol, day) - 0.5)));
}

/** From 0 to 1, the same for the same symbol and number: FNV-1a, and murmur3's finish. */
function chance(symbol: string, number: number): number {
  let hash = 0x811c9dc5;
  for (const character of `${symbol}/${number}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function isTradingDay(day: number): boolean {
  const weekday = new Date(day * 86_400_000).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

function numberOf(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}

function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** One thing that is paid for. */
export interface Item {
  name: string;
  /** How many of it; one without it. */
  count?: number;
  /** For how many hours, GB or months. */
  quantity: number;
  /** US dollars for one of it and one of these; undefined where the price is unknown. */
  each: number | undefined;
}

/** An item and what it comes to; `usd` is left out where its price is unknown. */
export interface Line {
  name: string;
  count: number;
  quantity: number;
  each?: number;
  usd?: number;
}

/** Several lines and their sum: what has no price is named, and is not in the sum. */
export interface Bill {
  lines: Line[];
  usd: number;
  unknown: string[];
}

/** How often × how many × what each costs: the one way that every table and report of costs is reckoned. */
export function billOf(items: readonly Item[]): Bill {
  const lines = items.map(({ name, count = 1, quantity, each }) => ({
    ...{ name, count, quantity },
    ...(each !== undefined && { each, usd: count * quantity * each }),
  }));
  return {
    lines,
    usd: lines.reduce((sum, { usd = 0 }) => sum + usd, 0),
    unknown: lines.flatMap(({ name, usd }) => (usd === undefined ? [name] : [])),
  };
}

/** To the cent. */
export function cents(usd: number): number {
  // The tiny part makes 0.285 the 0.29 that it is on paper, though its nearest binary fraction is less.
  return Math.round(usd * 100 + 1e-9) / 100;
}

/** As people read it: `$20.00`. */
export function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

/** What part of a sum is saved, in percent to a tenth. */
export function percentSaved(before: number, after: number): number {
  return before === 0 ? 0 : Math.round((1 - after / before) * 1000) / 10;
}

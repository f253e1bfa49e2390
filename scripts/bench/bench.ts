/** One thing that was measured: its columns, and the most that some of them may be. */
export interface Row {
  what: string;
  measured: Record<string, number>;
  budget: Record<string, number>;
}

export interface Result {
  bench: string;
  rows: Row[];
}

/** A bench: what it measures by name, saying how far it is. To add one, write it beside this file and list it in bench.ts. */
export interface Bench {
  name: string;
  run(progress: (text: string) => void): Promise<Row[]>;
}

/** What of a row is over its budget, in words; empty when all is within. */
export function fault({ what, measured, budget }: Row): string[] {
  return Object.entries(budget)
    .filter(([column, most]) => !((measured[column] ?? Number.NaN) <= most))
    .map(([column, most]) => `over budget: ${what} has ${column} ${measured[column]}, at most ${most}`);
}

/** The middle of some numbers, which a busy machine moves less than the mean. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2;
}

/** To so many digits after the point. */
export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

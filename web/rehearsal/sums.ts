import type { Report } from '../../rehearsal/report.ts';

/** What a day came to for one workload, or for the workers of one queue. */
export interface Row {
  name: string;
  kind: string;
  days: { day: string; onHours: number; usd?: number }[];
  /** US dollars of the whole time, where they are known. */
  actual?: number;
  alwaysOn?: number;
}

/** What has days of its own: everything that can be on. */
export function rowsOf({ workloads, queues = {} }: Report): Row[] {
  return [
    ...Object.entries(workloads).flatMap(([name, { kind, days, cost }]) =>
      days ? [{ name, kind, days, actual: cost.actual, alwaysOn: cost.alwaysOn }] : [],
    ),
    ...Object.entries(queues).map(
      ([
        name,
        {
          days,
          workers: { cost },
        },
      ]) => ({
        ...{ name, kind: 'queue', days },
        ...{ actual: cost.actual, alwaysOn: cost.alwaysOn },
      }),
    ),
  ];
}

/** The sum of what has a price; undefined where nothing has one. */
export function costOf(report: Report): { actual?: number; alwaysOn?: number } {
  const priced = rowsOf(report).filter(({ actual }) => actual !== undefined);
  if (priced.length === 0) return {};
  const sum = (of: 'actual' | 'alwaysOn') => priced.reduce((total, row) => total + (row[of] ?? 0), 0);
  return { actual: sum('actual'), alwaysOn: sum('alwaysOn') };
}

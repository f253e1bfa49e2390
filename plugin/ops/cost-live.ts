import { cents } from '../../shared/cost/items.ts';
import { median } from '../../shared/cost/median.ts';
import type { RunLength } from '../../shared/cost/savings.ts';
import { observedUntil } from '../../shared/cost/spend.ts';
import { estimateOverBill, isSettled, spentSince } from '../../shared/cost/sums.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { Bill, LedgerDay } from '../../shared/state/ledger.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { invokeDeployed } from '../deployed.ts';
import type { Serverless } from '../framework.ts';
import { ask } from './ask.ts';

/** What the ledger of the deployed stage says of a month, by the days of UTC. Money is US dollars, to the cent. */
export interface LiveCost {
  /** What was spent so far, up to when that is known, what is not in it, and the last day that is by the bill. */
  spent?: { usd: number; asOf: string; unknown: string[]; billedUntil?: string };
  /** The days that the bill knows of; without a ratio, estimate ÷ bill, where it is of nothing. */
  billed: { utcDay: string; estimate: number; bill: number; isSettled: boolean; ratio?: number }[];
}

interface Ledger {
  days: LedgerDay[];
  bills: Bill[];
}

export interface Live {
  spend: LiveCost;
  /** What runs of batches have taken. */
  lengths: Record<string, RunLength>;
  days: LedgerDay[];
}

/** How many of the newest runs their median is of. */
const RUNS = 20;

/**
 * Asks the deployed stage what was spent in a month, and how long its runs have taken.
 *
 * @throws NotAnswered
 */
export async function liveCost(
  serverless: Serverless,
  { workloads }: CompiledStage,
  month: string,
  now: number,
  invoke?: typeof invokeDeployed,
): Promise<Live> {
  // A day of UTC begins and ends within two of the stage's.
  const days = { from: shifted(`${month}-01`, -1), to: shifted(`${month}-01`, 31) };
  const ledger = await ask<Ledger>(serverless, 'listSpend', days, invoke);
  const batches = Object.entries(workloads).filter(([, { kind }]) => kind === 'batch');
  const lengths = await Promise.all(
    batches.map(async ([workload]) => {
      const { runs } = await ask<{ runs: Run[] }>(serverless, 'listRuns', { workload, limit: 100 }, invoke);
      return { workload, length: lengthOf(runs) };
    }),
  );
  return {
    ...{ spend: spendOfMonth(month, ledger, now), days: ledger.days },
    lengths: Object.fromEntries(lengths.flatMap(({ workload, length }) => (length ? [[workload, length]] : []))),
  };
}

/** A date so many days after another. */
function shifted(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 24 * 3_600_000).toISOString().slice(0, 10);
}

/** How long an instance is on for a run, by the newest of those that had one on. */
export function lengthOf(runs: readonly Run[]): RunLength | undefined {
  const hours = runs.flatMap(({ instanceHours }) => instanceHours || []).slice(0, RUNS);
  const middle = median(hours);
  return middle === undefined ? undefined : { hours: middle, by: 'runs', of: hours.length };
}

/**
 * What the ledger says of a month: by the bill as far as it is settled, by estimates since.
 *
 * @param month `2026-11`
 * @param now milliseconds since the epoch
 */
export function spendOfMonth(month: string, { days, bills }: Ledger, now: number): LiveCost {
  const asOf = observedUntil(days);
  const isOfMonth = (utcDay: string) => utcDay.startsWith(month);
  const known = bills.filter(({ utcDay }) => isOfMonth(utcDay)).sort((a, b) => (a.utcDay < b.utcDay ? -1 : 1));
  const ofMonth = days.map((day) => ({
    ...day,
    usdByUtcDay: Object.fromEntries(Object.entries(day.usdByUtcDay).filter(([utcDay]) => isOfMonth(utcDay))),
  }));
  const { usd, unknown, billedUntil } = spentSince(`${month}-01`, ofMonth, known, now);
  return {
    ...(asOf !== undefined && { spent: { usd: cents(usd), asOf, unknown, ...(billedUntil && { billedUntil }) } }),
    billed: known.map((bill) => {
      const ratio = estimateOverBill(bill, ofMonth);
      const estimate = ofMonth.reduce((sum, { usdByUtcDay }) => sum + (usdByUtcDay[bill.utcDay] ?? 0), 0);
      return {
        ...{ utcDay: bill.utcDay, estimate: cents(estimate), bill: cents(bill.usd), isSettled: isSettled(bill) },
        ...(ratio !== undefined && { ratio: Math.round(ratio * 100) / 100 }),
      };
    }),
  };
}

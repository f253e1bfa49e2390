import { rateOf } from '../cost/rates.ts';
import { observedUntil, spendOf } from '../cost/spend.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import type { LedgerDay } from '../state/ledger.ts';
import { hoursOf } from './days.ts';
import type { Span, SpendFacts } from './digest.ts';

/** What was spent on the days of a span, against the limit and against always on; undefined without days. */
export function spendFacts(
  days: readonly LedgerDay[],
  { period }: Span,
  { workloads, queues, prices, timezone, budget }: CompiledStage,
): SpendFacts | undefined {
  const asOf = observedUntil(days);
  if (asOf === undefined) return undefined;
  const { usd, unknown } = spendOf(days);
  const rates = Object.values(workloads).map((workload) => rateOf(workload, prices));
  // Nobody would have all workers on always: there is nothing to hold theirs against.
  const ofQueues = Object.keys(queues).reduce((sum, name) => sum + spendOf(days, name).usd, 0);
  const sums = days.map((day) => ({ day: day.day, usd: spendOf([day]).usd }));
  const most = sums.reduce<SpendFacts['most']>((top, one) => (top && top.usd >= one.usd ? top : one), undefined);
  return {
    ...{ usd, asOf, unknown },
    alwaysOn:
      rates.length === 0
        ? 0
        : rates.reduce((sum, { on, always }) => sum + on + always, 0) * hoursOf(days, timezone) + ofQueues,
    ...(budget.daily !== undefined && { limit: budget.daily }),
    ...(period !== 'daily' && most && { most }),
  };
}

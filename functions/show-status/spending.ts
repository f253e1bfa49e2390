import { localTime } from '../../shared/slots.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { LedgerDay } from '../../shared/state/ledger.ts';
import type { Output, WorkloadStatus } from './contract.ts';

/**
 * What the stage has spent, as far as it was reckoned.
 *
 * @param days of this month, newest first
 */
export function spendingOf({ budget, timezone }: CompiledStage, days: LedgerDay[], today: string): Output['spending'] {
  const [newest] = days;
  const oldest = days.at(-1);
  return {
    ...(newest?.day === today && { today: sum([newest], timezone) }),
    ...(oldest && { month: { ...sum(days, timezone), since: oldest.day, days: days.length } }),
    limits: {
      ...(budget.daily !== undefined && { daily: budget.daily }),
      ...(budget.emergency !== undefined && { emergency: budget.emergency }),
    },
  };
}

/** What a workload has spent today; undefined where nobody has reckoned it. */
export function todayOf(
  name: string,
  { workloads, timezone }: CompiledStage,
  [newest]: LedgerDay[],
  today: string,
): WorkloadStatus['today'] {
  const spent = newest?.day === today ? newest.workloads[name] : undefined;
  if (!newest || !spent) return undefined;
  const { usd, onSeconds, unknown = [], unseenSeconds = 0 } = spent;
  const limit = workloads[name]?.budget?.daily;
  return {
    ...{ usd, onSeconds, asOf: localTime(newest.observedAt, timezone) },
    unknown: [...unknown, ...(unseenSeconds > 0 ? [`${Math.ceil(unseenSeconds / 60)} min that nobody saw`] : [])],
    ...(limit !== undefined && { limit }),
  };
}

function sum(days: LedgerDay[], timezone: string): { usd: number; asOf: string; unknown: string[] } {
  const spent = days.flatMap(({ workloads }) => Object.entries(workloads));
  return {
    // Cents of a cent are kept: sums of small estimates are not to drift.
    usd: Math.round(spent.reduce((total, [, { usd }]) => total + usd, 0) * 1e6) / 1e6,
    asOf: localTime(days[0]?.observedAt ?? 0, timezone),
    unknown: [...new Set(spent.flatMap(([name, { unknown = [] }]) => unknown.map((what) => `${name}: ${what}`)))],
  };
}

import { estimateOf, spentSince } from '../../shared/cost/sums.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { Bill, LedgerDay } from '../../shared/state/ledger.ts';
import { localTime } from '../../shared/time/slots.ts';
import type { Output, WorkloadStatus } from './contract.ts';

interface Known {
  /** Newest first. */
  days: LedgerDay[];
  bills: Bill[];
  /** Today's local date. */
  today: string;
}

/** @param now milliseconds since the epoch */
export function utcMonth(now: number): string {
  return new Date(now).toISOString().slice(0, 7);
}

/** What the stage has spent, as far as it was reckoned. @param now milliseconds since the epoch */
export function spendingOf(
  { budget: { daily, emergency }, timezone }: CompiledStage,
  { days, bills, today }: Known,
  now: number,
): Output['spending'] {
  const [newest] = days;
  const since = `${utcMonth(now)}-01`;
  const asOf = newest && localTime(newest.observedAt, timezone);
  return {
    ...(newest?.day === today && asOf && { today: { ...estimateOf(newest), asOf } }),
    ...(asOf && { month: { ...spentSince(since, days, bills, now), asOf, since } }),
    limits: { ...(daily !== undefined && { daily }), ...(emergency !== undefined && { emergency }) },
  };
}

/** What a workload has spent today; undefined where nobody has reckoned it. */
export function todayOf(
  name: string,
  { workloads, queues, timezone }: CompiledStage,
  { days: [newest], today }: Known,
): WorkloadStatus['today'] {
  const spent = newest?.day === today ? newest.workloads[name] : undefined;
  if (!newest || !spent) return undefined;
  const limit = (workloads[name] ?? queues[name])?.budget?.daily;
  const { usd, unknown } = estimateOf({ workloads: { [name]: spent } });
  return {
    ...{ usd, onSeconds: spent.onSeconds, asOf: localTime(newest.observedAt, timezone) },
    unknown: unknown.map((why) => why.replace(`${name}: `, '')),
    ...(limit !== undefined && { limit }),
  };
}

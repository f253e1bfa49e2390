import type { BudgetGate } from '../../shared/state/budget-gate.ts';
import type { Override } from '../../shared/state/overrides.ts';
import type { Run } from '../../shared/state/runs.ts';
import { localTime } from '../../shared/time/slots.ts';
import type { Output, WorkloadStatus } from './contract.ts';

/** What the table keeps, as people read it: in local time, and without what is only for machines. */

export function wordAsRead(word: Override, timezone: string): Output['words'][number] {
  const { act, by, why, at, until, emergency } = word;
  return {
    ...{ act, by, why, at: localTime(at, timezone) },
    ...(until && { until: localTime(until, timezone) }),
    ...(emergency && { emergency }),
  };
}

export function gateAsRead({ until, usd, limit }: BudgetGate, timezone: string): NonNullable<Output['overBudget']> {
  return { until: localTime(until, timezone), usd, limit };
}

export function runAsRead(run: Run, timezone: string): NonNullable<WorkloadStatus['last']> {
  const { key, act, by, status, reason, startedAt, endedAt, exitCode } = run;
  return {
    ...{ key, by, status },
    ...(act && { act }),
    ...(reason && { reason }),
    ...(startedAt && { startedAt: localTime(startedAt, timezone) }),
    ...(endedAt && { endedAt: localTime(endedAt, timezone) }),
    ...(exitCode !== undefined && { exitCode }),
  };
}

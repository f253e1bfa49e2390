import { localTime } from '../../shared/slots.ts';
import type { BudgetGate } from '../../shared/state/facts.ts';
import type { Override } from '../../shared/state/overrides.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { Output, WorkloadStatus } from './contract.ts';

/** What the table keeps, as people read it: in local time, and without what is only for machines. */

export function wordAsRead({ act, by, why, at, until }: Override, timezone: string): Output['words'][number] {
  return { act, by, why, at: localTime(at, timezone), ...(until && { until: localTime(until, timezone) }) };
}

export function gateAsRead({ until, why, at, spend }: BudgetGate, timezone: string): Output['overBudget'] {
  return {
    ...{ until: localTime(until, timezone), why, at: localTime(at, timezone) },
    ...(spend !== undefined && { usd: spend }),
  };
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

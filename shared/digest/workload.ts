import { median } from '../cost/median.ts';
import { spendOf } from '../cost/spend.ts';
import { secondsOf } from '../pipeline/ended.ts';
import type { Workload } from '../stage/compiled.ts';
import type { LedgerDay } from '../state/ledger.ts';
import { type Run, STOPPED_BY } from '../state/runs.ts';
import { hoursOf } from './days.ts';
import type { Span, WorkloadFacts } from './digest.ts';
import { pipelineFacts } from './pipeline.ts';

interface Recorded {
  name: string;
  workload: Workload;
  /** Those of the span, and those before it that may have lasted into it. */
  runs: readonly Run[];
  /** Successes before the span. */
  earlier: readonly Run[];
}

/** What happened to a workload in a span: a run counts where it ended. */
export function workloadFacts(
  { name, workload, runs, earlier }: Recorded,
  days: readonly LedgerDay[],
  span: Span,
  timezone: string,
): WorkloadFacts {
  const { kind, budget } = workload;
  const told = runs.filter((run) => run.status === 'running' || endedWithin(run, span));
  const ran = told.filter(({ status }) => status !== 'skipped');
  const known = days.filter(({ workloads }) => Object.hasOwn(workloads, name));
  const took = median(told.flatMap(tookOf));
  const usual = median(earlier.flatMap(tookOf));
  return {
    ...{ name, kind },
    outcomes: counted(ran),
    failed: ran.filter(isFailure),
    skipped: skipsOf(told),
    ...(took !== undefined && { took: { median: took, ...(usual !== undefined && { usual }) } }),
    ...(known.length > 0 && onAndSpent(known, name, timezone)),
    ...(budget && { limit: budget.daily }),
    ...(kind === 'pipeline' && { pipeline: pipelineFacts(ran, earlier) }),
  };
}

function onAndSpent(days: readonly LedgerDay[], name: string, timezone: string) {
  const { usd, onSeconds: seconds, unseenSeconds: unseen } = spendOf(days, name);
  return { usd, on: { seconds, of: hoursOf(days, timezone) * 3600, unseen } };
}

function endedWithin({ endedAt, scheduledFor }: Run, { from, to }: Span): boolean {
  const end = Date.parse(endedAt ?? scheduledFor);
  return end >= from && end < to;
}

/** Whether it ended badly; what a person has cut off has not. */
function isFailure({ status, reason }: Run): boolean {
  return status !== 'succeeded' && status !== 'running' && !reason?.startsWith(STOPPED_BY);
}

function counted(runs: readonly Run[]): WorkloadFacts['outcomes'] {
  const counts: Partial<Record<Run['status'], number>> = {};
  for (const { status } of runs) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** How long the work of a run took, in seconds: only of those that did all of it. */
function tookOf(run: Run): number[] {
  const { kind, act, status, jobSeconds } = run;
  if (status !== 'succeeded') return [];
  const seconds = secondsOf(run);
  if (kind === 'pipeline') return seconds === undefined ? [] : [seconds];
  if (kind === 'batch') return jobSeconds === undefined ? [] : [jobSeconds];
  // A stop that finds nothing to delete takes no time, and says nothing.
  return act !== 'start' || seconds === undefined ? [] : [seconds];
}

function skipsOf(runs: readonly Run[]): WorkloadFacts['skipped'] {
  const skipped = runs.filter(({ status }) => status === 'skipped');
  return [...Map.groupBy(skipped, ({ reason = '' }) => reason)].map(([reason, same]) => ({
    reason,
    count: same.length,
  }));
}

import type { CompiledStage, PipelineWorkload } from '../stage/compiled.ts';
import { type Run, runsBetween } from '../state/runs.ts';
import { daySkipped, plannedBetween } from '../time/planned.ts';
import { type Slot, slotKey } from '../time/slots.ts';
import { startFirst } from './chain.ts';

/**
 * The runs of a pipeline that should have been and were not: those without a record, and those that were skipped on a day
 * that is none off. One that failed was not missed.
 *
 * @param since milliseconds since the epoch, as `now`, which a run has to have been due for
 */
export async function missedRuns(
  name: string,
  workload: PipelineWorkload,
  { calendar }: Pick<CompiledStage, 'calendar'>,
  { since, now }: { since: number; now: number },
  effects = { runsBetween },
): Promise<Slot[]> {
  const due = plannedBetween(workload, calendar, since, now).filter(
    ({ key }) => !daySkipped(workload, 'run', key, calendar),
  );
  if (due.length === 0) return [];
  const known = await effects.runsBetween(name, {
    from: slotKey(since, workload.timezone),
    before: slotKey(now + 60_000, workload.timezone),
  });
  return due.filter(({ key }) => known.every((run) => run.key !== key || isMissed(run)));
}

/**
 * Makes up for runs, one after the other, oldest first: each starts the next when it has ended.
 *
 * @param id of what asks for it: asked for twice with the same one, they are made up for once
 * @returns what is made up for
 */
export async function catchUp(
  name: string,
  slots: readonly Slot[],
  { by, id }: { by: string; id: string },
  effects?: Parameters<typeof startFirst>[3],
): Promise<string[]> {
  const runs = slots
    .toSorted((one, other) => one.at - other.at)
    .map(({ key, at }) => ({ key, scheduledFor: new Date(at).toISOString() }));
  await startFirst(name, runs, { by, after: id }, effects);
  return runs.map(({ key }) => key);
}

function isMissed({ status }: Run): boolean {
  return status === 'skipped';
}

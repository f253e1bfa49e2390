import { startPipeline } from '../aws/executions.ts';
import { publish } from '../notices/notice.ts';
import { pipelineEndedNotice } from '../notices/pipeline.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import { deployedStage } from '../stage/deployed.ts';
import { pipelines } from '../stage/kinds.ts';
import { recordUnbegun } from '../state/reruns.ts';
import { type Run, setTodo } from '../state/runs.ts';
import { digitsOf } from './execution-names.ts';
import { because } from './reasons.ts';

export const real = { stage: deployedStage, startPipeline, recordUnbegun, publish, setTodo };

/**
 * What follows the end of a run, however often this is called: what comes after the pipeline is started at once where it
 * succeeded, with its logical date, once for each success; it is recorded and said not to start where it did not. What was
 * skipped is followed by nothing, as nothing was expected.
 *
 * @param now milliseconds since the epoch
 */
export async function goOn(run: Run, now: number, effects = real): Promise<void> {
  if (run.status === 'skipped' || run.status === 'running') return;
  for (const name of followersOf(run.workload, effects.stage()))
    await (run.status === 'succeeded' ? startAfter(name, run, effects) : leaveOut(name, run, run.status, now, effects));
}

/** The next of the runs that are made up for one after the other, when one of them has ended in whatever way. */
export async function goOnCatchingUp(
  { workload, key, generation = 0, by, next = [] }: Pick<Run, 'workload' | 'key' | 'generation' | 'by' | 'next'>,
  effects: Pick<typeof real, 'startPipeline'> = real,
): Promise<void> {
  await startFirst(workload, next, { by, after: `${digitsOf({ key })}-${generation}` }, effects);
}

/**
 * Starts the first of runs that are made up for one after the other; it has the others with it.
 *
 * @param after what it comes after: with the same one, it is started once
 */
export async function startFirst(
  workload: string,
  [first, ...next]: NonNullable<Run['next']>,
  { by, after }: { by: string; after: string },
  effects: Pick<typeof real, 'startPipeline'> = real,
): Promise<void> {
  if (!first) return;
  await effects.startPipeline(workload, `${workload}-${digitsOf(first)}-after-${after}`, {
    ...{ workload, by, ...first, again: { only: 'failed' } },
    ...(next.length > 0 && { next }),
  });
}

/** The pipelines that come right after one. */
export function followersOf(name: string, stage: Pick<CompiledStage, 'workloads'>): string[] {
  return pipelines(stage).flatMap(([other, { after }]) => (after === name ? [other] : []));
}

async function startAfter(name: string, { workload, key, scheduledFor, generation = 1 }: Run, effects: typeof real) {
  // All of it, also where it has succeeded for this date: what it makes something of is new.
  await effects.startPipeline(name, `${name}-${digitsOf({ key })}-after-${generation}`, {
    ...{ workload: name, key, scheduledFor, by: workload, again: {} },
  });
}

async function leaveOut(name: string, first: Run, ended: string, now: number, effects: typeof real): Promise<void> {
  const stage = effects.stage();
  const at = new Date(now).toISOString();
  const { key, scheduledFor, execution } = first;
  const run: Run = {
    ...{ kind: 'pipeline', workload: name, key, scheduledFor, execution, by: first.workload, generation: 0 },
    ...{ admittedAt: at, deadlineAt: at, endedAt: at },
    ...{ status: 'skipped', reason: because('firstFailed', first.workload, ended) },
  };
  if (!(await effects.recordUnbegun(run))) return;
  const notice = pipelineEndedNotice(run, stage, now);
  if (notice) await effects.publish(notice);
  for (const next of followersOf(name, stage)) await leaveOut(next, run, 'skipped', now, effects);
  await effects.setTodo(run, undefined);
}

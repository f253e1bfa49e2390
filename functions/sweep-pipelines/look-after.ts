import { closeRun, real as ofClosing } from '../../shared/pipeline/close-run.ts';
import { endedOf } from '../../shared/pipeline/ended-of.ts';
import { real as ofSlowOnes, saySlow } from '../../shared/pipeline/slow.ts';
import { isPipeline } from '../../shared/stage/kinds.ts';
import { endRun, getRun, type Run } from '../../shared/state/runs.ts';
import { endStep, stepsOf } from '../../shared/state/steps.ts';
import { real as ofExecutions, reasonToEnd } from '../sweep-runs/overdue.ts';
import { endLeftBehind, real as ofCommands } from './left-behind.ts';

export const real = {
  ...{ ...ofExecutions, ...ofSlowOnes, ...ofCommands, ...ofClosing },
  ...{ getRun, endRun, stepsOf, endStep },
};

/**
 * Brings one open run of a pipeline as far as it goes now: says that it takes long, ends it with its steps when its
 * execution is dead or overdue, says what was not said, and begins what follows it.
 *
 * @param now milliseconds since the epoch
 * @returns whether this call ended the run.
 */
export async function lookAfter(open: Run, now: number, effects = real): Promise<boolean> {
  // The index lags; the record does not.
  const run = await effects.getRun(open.workload, open.key);
  if (!run?.todo) return false;
  const why = run.todo === 'end' ? await reasonToEnd(run, now, effects) : undefined;
  if (run.todo === 'end' && !why) {
    await saySlow(run, now, effects);
    return false;
  }
  const ending = why && {
    status: now >= Date.parse(run.deadlineAt) ? ('timed-out' as const) : ('aborted' as const),
    reason: why,
    endedAt: new Date(now).toISOString(),
    ended: await endSteps(run, why, now, effects),
  };
  // Settled in this very moment: settle-run says and closes it, or the next sweep does.
  if (ending && !(await effects.endRun(run, ending))) return false;
  await closeRun({ ...run, ...(ending || {}) }, now, effects);
  return why !== undefined;
}

/** How its steps ended; those that were going on ended with it. */
async function endSteps(run: Run, reason: string, now: number, effects: typeof real): Promise<Run['ended']> {
  const { workload: name, key, generation = 1 } = run;
  const workload = effects.stage().workloads[name];
  if (!isPipeline(workload)) return undefined;
  const records = await effects.stepsOf(name, key, Object.keys(workload.steps));
  const left = records.filter((record) => record.status === 'running' && record.generation === generation);
  const goesOn = await endLeftBehind(effects.stage().stage, workload, left, effects);
  const endings = new Map(
    left.map(({ step }) => {
      const why = [reason, ...(goesOn.has(step) ? [goesOn.get(step)] : [])].join('; ');
      return [step, { status: 'failed' as const, reason: why, endedAt: new Date(now).toISOString() }];
    }),
  );
  for (const [step, ending] of endings) await effects.endStep({ workload: name, key, step }, generation, ending);
  return endedOf(
    workload.steps,
    records.map((record) => ({ ...record, ...endings.get(record.step) })),
    generation,
  );
}

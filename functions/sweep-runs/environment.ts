import { startExecution } from '../../shared/aws/executions.ts';
import { describeStack } from '../../shared/aws/stacks.ts';
import { publish } from '../../shared/notices/notice.ts';
import { endedNotice } from '../../shared/notices/run.ts';
import { settledNotice, stillUpNotice } from '../../shared/notices/still-up.ts';
import { because } from '../../shared/reasons.ts';
import type { EnvironmentWorkload } from '../../shared/stage/compiled.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { isEnvironment } from '../../shared/stage/kinds.ts';
import { releaseLease } from '../../shared/state/lease.ts';
import { isEmergency, kept } from '../../shared/state/overrides.ts';
import { endRun, getRun, leavesUp, type Run, setTodo } from '../../shared/state/runs.ts';
import { isWithinHours } from '../../shared/time/planned.ts';
import { real as ofExecutions, reasonToEnd } from './overdue.ts';

/** How often an environment that could not be stopped is stopped again, and people are told. */
const RETRY_MS = 60 * 60_000;

export const real = {
  ...ofExecutions,
  ...{ stage: deployedStage, startExecution, describeStack, publish, isEmergency, kept },
  ...{ releaseLease, endRun, getRun, setTodo },
};

/**
 * Brings one open start or stop of an environment as far as it goes now: ends it when its execution is dead or overdue,
 * says what was not said, and sees to it that a stop which failed is made again until the environment is gone.
 *
 * @param now milliseconds since the epoch
 * @returns whether this call ended the run.
 */
export async function lookAfterEnvironment(run: Run, now: number, effects = real): Promise<boolean> {
  const why = run.todo === 'end' ? await reasonToEnd(run, now, effects) : undefined;
  if (run.todo === 'end' && !why) return false;
  const ending = {
    status: now >= Date.parse(run.deadlineAt) ? ('timed-out' as const) : ('aborted' as const),
    reason: why,
    endedAt: new Date(now).toISOString(),
  };
  // Settled in this very moment: settle-run says and closes it, or the next sweep does.
  if (why && !(await effects.endRun(run, ending))) return false;
  const known = why ? { ...run, ...ending } : run;
  if (run.todo !== 'stop') {
    const notice = endedNotice(known, effects.stage(), now);
    if (notice) await effects.publish(notice);
    await effects.releaseLease(run);
  }
  const left = await stopAgain(known, now, effects);
  await effects.setTodo(run, left && 'stop', left?.warnedAt);
  return why !== undefined;
}

/** What is left to do, and when people were told. */
async function stopAgain(run: Run, now: number, effects: typeof real): Promise<{ warnedAt: string } | undefined> {
  if (!leavesUp(run)) return undefined;
  const settled = await whySettled(run, now, effects);
  if (settled) {
    await effects.publish(settledNotice(run, settled, effects.stage(), now));
    return undefined;
  }
  if (run.warnedAt && now - Date.parse(run.warnedAt) < RETRY_MS) return { warnedAt: run.warnedAt };
  const { workload, key } = run;
  await effects.startExecution('stop', `${workload}-stop-${Math.floor(now / 60_000)}`, {
    workload,
    by: 'sweeper',
    retryOf: key,
  });
  await effects.publish(stillUpNotice(run, effects.stage(), now));
  return { warnedAt: new Date(now).toISOString() };
}

/** Why it need not be stopped any more; undefined when it is there and should not be. */
async function whySettled({ workload: name }: Run, now: number, effects: typeof real): Promise<string | undefined> {
  const stage = effects.stage();
  const workload = stage.workloads[name];
  // Taken out of the stage file, it is nobody's of ours to touch any more.
  if (!isEnvironment(workload)) return because('unnamed');
  const keeper = (await effects.isEmergency()) ? undefined : await whoKeeps(name, workload, now, effects);
  if (keeper) return keeper;
  return (await effects.describeStack(workload.stack.name)) ? undefined : because('alreadyGone');
}

/** Its hours, or a person; that a keep ends is an edge of its own. */
async function whoKeeps(
  name: string,
  workload: EnvironmentWorkload,
  now: number,
  effects: typeof real,
): Promise<string | undefined> {
  if (isWithinHours(workload, effects.stage().calendar, now)) return because('withinHours');
  return effects.kept(name, now);
}

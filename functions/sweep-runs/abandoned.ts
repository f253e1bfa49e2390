import { executionStatus, stopExecution } from '../../shared/executions.ts';
import { instanceState, stopInstances } from '../../shared/instances.ts';
import { publish } from '../../shared/notices.ts';
import { endedNotice, stillOnNotice } from '../../shared/run-notices.ts';
import { disarmSafetyStop } from '../../shared/safety-stop.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { releaseLease } from '../../shared/state/lease.ts';
import { endRun, getRun, type Run, setTodo } from '../../shared/state/runs.ts';

/** How long after its deadline a run may still be settling itself. */
const GRACE_MS = 15 * 60_000;
/** How often people are told again that an instance is still on. */
const REMIND_MS = 60 * 60_000;

export const real = {
  stage: deployedStage,
  executionStatus,
  stopExecution,
  instanceState,
  stopInstances,
  publish,
  disarmSafetyStop,
  releaseLease,
  endRun,
  getRun,
  setTodo,
};

/**
 * Brings one open run as far as it goes now: ends it when its execution is dead or overdue, says what was not said,
 * stops what it left on, and closes it when the instance is seen stopped.
 *
 * @param now milliseconds since the epoch
 * @returns whether this call ended the run.
 */
export async function lookAfter(open: Run, now: number, effects = real): Promise<boolean> {
  // The index lags; the record does not.
  let run = await effects.getRun(open.workload, open.key);
  if (!run?.todo) return false;
  let ended = false;
  if (run.todo === 'end') {
    const why = await reasonToEnd(run, now, effects);
    if (!why) return false;
    if (run.ownsInstance) await requestStop(run, effects);
    ended = await effects.endRun(run, {
      status: now >= Date.parse(run.deadlineAt) ? 'timed-out' : 'aborted',
      reason: why,
      endedAt: new Date(now).toISOString(),
    });
    run = (await effects.getRun(open.workload, open.key)) ?? run;
  }
  if (run.todo === 'say') {
    const notice = endedNotice(run, effects.stage(), now);
    if (notice) await effects.publish(notice);
  }
  await seeItStopped(run, now, effects);
  return ended;
}

async function reasonToEnd(run: Run, now: number, effects: typeof real): Promise<string | undefined> {
  const status = await effects.executionStatus(run.execution);
  if (status !== 'RUNNING') return `its execution is ${status.toLowerCase().replace('_', ' ')}`;
  if (now < Date.parse(run.deadlineAt) + GRACE_MS) return undefined;
  await effects.stopExecution(run.execution, 'past its deadline');
  return 'it was still going on long after its deadline';
}

async function seeItStopped(run: Run, now: number, effects: typeof real): Promise<void> {
  const problem = run.ownsInstance ? await requestStop(run, effects) : undefined;
  if (!problem) {
    if (run.ownsInstance && run.safetyStop) await effects.disarmSafetyStop(run.safetyStop);
    await effects.releaseLease(run);
    await effects.setTodo(run, undefined);
    return;
  }
  // The first look comes right after the stop was asked for: an instance needs a moment, people need not be told yet.
  const toldAt = run.warnedAt ?? (run.todo === 'stop' ? undefined : new Date(now).toISOString());
  const isDue = toldAt ? now - Date.parse(toldAt) >= REMIND_MS : true;
  if (isDue) await effects.publish(stillOnNotice(run, problem, effects.stage(), now));
  const isFirstLook = run.todo !== 'stop';
  await effects.setTodo(run, 'stop', isDue && !isFirstLook ? new Date(now).toISOString() : run.warnedAt);
}

/** Asks for the stop unless the instance is off. @returns what keeps it from being off, undefined when it is. */
async function requestStop(run: Run, effects: typeof real): Promise<string | undefined> {
  try {
    const state = await effects.instanceState(run.instanceId);
    if (state === 'stopped' || state === 'terminated' || state === 'shutting-down') return undefined;
    await effects.stopInstances(run.instanceId);
    return `it was ${state}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'InstanceNotFound') return undefined;
    // Kept and said: the run stays open and people are told until the stop is seen.
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

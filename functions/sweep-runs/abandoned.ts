import { instanceState, stopInstances } from '../../shared/aws/instances.ts';
import { disarmSafetyStop } from '../../shared/aws/safety-stop.ts';
import { type Notice, publish } from '../../shared/notices/notice.ts';
import { endedNotice } from '../../shared/notices/run.ts';
import { offNotice, stillOnNotice } from '../../shared/notices/still-on.ts';
import { because } from '../../shared/reasons.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { releaseLease, takeLease } from '../../shared/state/lease.ts';
import { endRun, getRun, type Run, setTodo } from '../../shared/state/runs.ts';
import { lookAfterEnvironment, real as ofEnvironments } from './environment.ts';
import { reasonToEnd } from './overdue.ts';

/** When people are first told that an instance is still on, and how often they are told again. */
const FIRST_WARNING_MS = 15 * 60_000;
const REMIND_MS = 60 * 60_000;

export const real = {
  ...ofEnvironments,
  ...{ stage: deployedStage, instanceState, stopInstances, publish, disarmSafetyStop },
  ...{ releaseLease, takeLease, endRun, getRun, setTodo },
};

/**
 * Brings one open run as far as it goes now: ends it when its execution is dead or overdue, stops what it left on,
 * says what was not said, and closes it when the instance is seen stopped.
 *
 * @param now milliseconds since the epoch
 * @returns whether this call ended the run.
 */
export async function lookAfter(open: Run, now: number, effects = real): Promise<boolean> {
  // The index lags; the record does not.
  const run = await effects.getRun(open.workload, open.key);
  if (!run?.todo) return false;
  if (run.kind === 'environment') return lookAfterEnvironment(run, now, effects);
  const why = run.todo === 'end' ? await reasonToEnd(run, now, effects) : undefined;
  if (run.todo === 'end' && !why) return false;
  // While this instance is not seen stopped no other run starts on it; if one did, it is not stopped under its job.
  const holder = await effects.takeLease({ ...run, deadlineAt: new Date(now).toISOString() }, now);
  // First of all the instance: recording and saying can fail, and are done again.
  const problem = run.ownsInstance && !holder ? await requestStop(run, effects) : undefined;
  const ending = {
    status: now >= Date.parse(run.deadlineAt) ? ('timed-out' as const) : ('aborted' as const),
    reason: why,
    endedAt: new Date(now).toISOString(),
  };
  const ended = why !== undefined;
  if (ended && !(await effects.endRun(run, ending))) {
    // Settled in this very moment: settle-run says and closes it, or the next sweep does.
    if (!(await effects.getRun(run.workload, run.key))?.todo) await effects.releaseLease(run);
    return false;
  }
  const known = ended ? { ...run, ...ending } : run;
  if (ended || run.todo === 'say') await say(endedNotice(known, effects.stage(), now), effects);
  // Said, so that the next sweep does not say it again.
  if (holder) await effects.setTodo(run, 'stop');
  else await close(known, problem, now, effects);
  return ended;
}

/** Lets go of a run whose instance is off; keeps one whose instance is not, and tells people. */
async function close(run: Run, problem: string | undefined, now: number, effects: typeof real): Promise<void> {
  if (!problem) {
    if (run.ownsInstance && run.safetyStop) await effects.disarmSafetyStop(run.safetyStop);
    await effects.releaseLease(run);
    await say(offNotice(run, effects.stage(), now), effects);
    await effects.setTodo(run, undefined);
    return;
  }
  const isDue = run.warnedAt
    ? now - Date.parse(run.warnedAt) >= REMIND_MS
    : now - Date.parse(run.endedAt ?? run.deadlineAt) >= FIRST_WARNING_MS;
  if (isDue) await say(stillOnNotice(run, problem, effects.stage(), now), effects);
  await effects.setTodo(run, 'stop', isDue ? new Date(now).toISOString() : run.warnedAt);
}

async function say(notice: Notice | undefined, effects: typeof real): Promise<void> {
  if (notice) await effects.publish(notice);
}

/** Asks for the stop unless the instance is off. @returns what keeps it from being off, undefined when it is. */
async function requestStop({ instanceId = '' }: Run, effects: typeof real): Promise<string | undefined> {
  try {
    const state = await effects.instanceState(instanceId);
    if (state === 'stopped' || state === 'terminated' || state === 'shutting-down') return undefined;
    await effects.stopInstances(instanceId);
    return because('instanceWas', state);
  } catch (error) {
    if (error instanceof Error && error.name === 'InstanceNotFound') return undefined;
    // Kept and said: the run stays open and people are told until the stop is seen.
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

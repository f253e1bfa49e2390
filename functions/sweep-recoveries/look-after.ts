import { executionStatus } from '../../shared/aws/executions.ts';
import { instanceState, startInstances } from '../../shared/aws/instances.ts';
import { asError } from '../../shared/errors.ts';
import { publish } from '../../shared/notices/notice.ts';
import { recoveryEndedNotice } from '../../shared/notices/recovery-ended.ts';
import { because } from '../../shared/recovery/reasons.ts';
import { ownerOf } from '../../shared/recovery/rungs.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { getWatch } from '../../shared/state/health.ts';
import { releaseLease } from '../../shared/state/lease.ts';
import { heldBack } from '../../shared/state/overrides.ts';
import { endRun, getRun, type Run, setTodo } from '../../shared/state/runs.ts';
import { isDown } from '../../shared/watch/state.ts';

export const real = {
  ...{ executionStatus, getWatch, stage: deployedStage, instanceState, startInstances, heldBack, publish },
  ...{ releaseLease, endRun, getRun, setTodo },
};

const REMIND_MS = 60 * 60_000;

/**
 * Brings one open recovery as far as it goes now: ends it when its execution is dead or overdue, says what was not said,
 * and starts the instance that it has stopped and not started again.
 *
 * @param now milliseconds since the epoch
 * @returns whether this call ended the run.
 */
export async function lookAfter(open: Run, now: number, effects = real): Promise<boolean> {
  // The index lags; the record does not.
  const run = await effects.getRun(open.workload, open.key);
  if (!run?.todo) return false;
  const why = run.todo === 'end' ? await reasonToEnd(run, effects) : undefined;
  if (run.todo === 'end' && !why) return false;
  const off = await offInstance(run, effects);
  const at = new Date(now).toISOString();
  const ending = { status: 'aborted' as const, reason: off ? because('leftOff', why ?? '') : why, endedAt: at };
  // Settled in this very moment: settle-recovery says and closes it, or the next sweep does.
  if (why && !(await effects.endRun(run, ending))) return false;
  const isAgain = run.todo === 'start';
  const isDue = isAgain ? off && now - Date.parse(run.warnedAt ?? at) >= REMIND_MS : true;
  const isUp = !off && !isDown(await effects.getWatch(), run.workload);
  const notice = isDue ? recoveryEndedNotice(why ? { ...run, ...ending } : run, effects.stage(), now, isUp) : undefined;
  if (notice) await effects.publish(isAgain ? { ...notice, id: `${notice.id} ${at}` } : notice);
  await effects.releaseLease(leaseOf(run, effects));
  await effects.setTodo(run, off === undefined ? undefined : 'start', off && (isDue ? at : run.warnedAt));
  return why !== undefined;
}

/** Why it cannot go on: its execution is dead. One that hangs Step Functions ends by itself. */
async function reasonToEnd({ execution }: Run, effects: typeof real): Promise<string | undefined> {
  const { status } = await effects.executionStatus(execution);
  return status === 'RUNNING' ? undefined : because('executionDead', status.toLowerCase().replace('_', ' '));
}

/** Asks for the start of the instance that this recovery stopped. @returns it, while it is not seen on */
async function offInstance(run: Run, effects: typeof real): Promise<string | undefined> {
  const { target } = effects.stage().services[run.workload] ?? {};
  const hasStopped = run.steps?.at(-1)?.rung === 'stop-start' && run.status !== 'succeeded';
  if (!hasStopped || !target || !('ec2' in target)) return undefined;
  const state = await effects.instanceState(target.ec2);
  if (state !== 'stopped' && state !== 'stopping') return undefined;
  // While people hold it back it is not started, and they are told that it is off.
  if (state === 'stopped' && !(await effects.heldBack(run.workload))) await tryToStart(target.ec2, effects);
  return target.ec2;
}

/** There may be no capacity now: it is asked for again, and people are told meanwhile. */
async function tryToStart(instanceId: string, effects: typeof real): Promise<void> {
  try {
    await effects.startInstances(instanceId);
  } catch (error) {
    const { name, message } = asError(error);
    console.error(JSON.stringify({ error: name, message, what: `${instanceId} is asked again` }));
  }
}

function leaseOf({ workload, key }: Run, { stage }: typeof real): { workload: string; key: string } {
  const { services } = stage();
  const { target } = services[workload] ?? {};
  return { workload: target ? ownerOf(target, services) : workload, key: `${workload} ${key}` };
}

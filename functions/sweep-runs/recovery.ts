import { instanceState, startInstances } from '../../shared/aws/instances.ts';
import { publish } from '../../shared/notices/notice.ts';
import { leftOff, recoveryEndedNotice } from '../../shared/notices/recovery-ended.ts';
import { because } from '../../shared/reasons.ts';
import { ownerOf } from '../../shared/recovery/rungs.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { releaseLease } from '../../shared/state/lease.ts';
import { endRun, getRun, type Run, setTodo } from '../../shared/state/runs.ts';
import { real as ofExecutions, reasonToEnd } from './overdue.ts';

export const real = {
  ...ofExecutions,
  ...{ stage: deployedStage, instanceState, startInstances, publish, releaseLease, endRun, getRun, setTodo },
};

const REMIND_MS = 60 * 60_000;

/**
 * Brings one open recovery as far as it goes now: ends it when its execution is dead or overdue, says what was not said,
 * and starts the instance that it has stopped and not started again.
 *
 * @param now milliseconds since the epoch
 * @returns whether this call ended the run.
 */
export async function lookAfterRecovery(run: Run, now: number, effects = real): Promise<boolean> {
  const why = run.todo === 'end' ? await reasonToEnd(run, now, effects) : undefined;
  if (run.todo === 'end' && !why) return false;
  const off = await offInstance(run, effects);
  const reason = off ? because('leftOff', why ?? '') : why;
  const ending = { status: 'aborted' as const, reason, endedAt: new Date(now).toISOString() };
  if (why && !(await effects.endRun(run, ending))) return false;
  const known = why ? { ...run, ...ending } : run;
  const isDue = run.todo !== 'start' || now - Date.parse(run.warnedAt ?? '') >= REMIND_MS;
  const notice = isDue && (off || run.todo !== 'start') ? recoveryEndedNotice(known, effects.stage(), now) : undefined;
  if (notice) await effects.publish(run.todo === 'start' ? { ...notice, id: `${notice.id} ${now}` } : notice);
  await effects.releaseLease(leaseOf(run, effects));
  const left = off ? 'start' : undefined;
  await effects.setTodo(run, left, left && (isDue ? new Date(now).toISOString() : run.warnedAt));
  return why !== undefined;
}

/** Asks for the start of the instance that this recovery stopped. @returns it, while it is not seen on */
async function offInstance(run: Run, effects: typeof real): Promise<string | undefined> {
  const { target } = effects.stage().services[run.workload] ?? {};
  const hasStopped = run.steps?.at(-1)?.rung === 'stop-start' && run.status !== 'succeeded';
  if (!hasStopped || !target || !('ec2' in target)) return undefined;
  const state = await effects.instanceState(target.ec2);
  if (state !== 'stopped' && state !== 'stopping') return undefined;
  if (state === 'stopped') await effects.startInstances(target.ec2);
  return target.ec2;
}

function leaseOf({ workload, key }: Run, { stage }: typeof real): { workload: string; key: string } {
  const { services } = stage();
  const { target } = services[workload] ?? {};
  return { workload: target ? ownerOf(target, services) : workload, key: `${workload} ${key}` };
}

import { startEmergencyStop, startExecution, startPipeline, stopExecution } from '../../shared/aws/executions.ts';
import { asError, ContraryOrder, InvalidInput } from '../../shared/errors.ts';
import { resumedNotice } from '../../shared/notices/emergency.ts';
import { publish } from '../../shared/notices/notice.ts';
import { because } from '../../shared/reasons.ts';
import type { Workload } from '../../shared/stage/compiled.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { closeBreaker } from '../../shared/state/breaker.ts';
import { openBudgetGate } from '../../shared/state/budget-gate.ts';
import { endEmergency } from '../../shared/state/emergency.ts';
import { takeOrder } from '../../shared/state/orders.ts';
import { endKeep, letGo, type Override, putOverride } from '../../shared/state/overrides.ts';
import { getRun, newestRuns, runsBetween } from '../../shared/state/runs.ts';
import { seenAt } from '../../shared/state/watch.ts';
import { isWithinHours } from '../../shared/time/planned.ts';
import type { Input } from './contract.ts';
import { contend, lostTo } from './contrary.ts';
import { nameOf } from './execution-name.ts';
import { PIPELINE_RUNS, startRun } from './pipeline-runs.ts';

export const real = {
  ...{ stage: deployedStage, putOverride, letGo, endKeep, closeBreaker, newestRuns, openBudgetGate, endEmergency },
  ...{
    publish,
    startEmergencyStop,
    startExecution,
    startPipeline,
    stopExecution,
    takeOrder,
    getRun,
    runsBetween,
    seenAt,
  },
  now: Date.now,
};

export type Effects = typeof real;

/** Writes a word down, with who, why and until when. */
export async function remember(
  { workload, act, by, why, until }: Pick<Input, 'workload' | 'by' | 'why' | 'until'> & Pick<Override, 'act'>,
  effects: Effects,
): Promise<void> {
  const at = new Date(effects.now()).toISOString();
  await effects.putOverride(workload, { act, by, why, at, ...(until && { until }) });
}

/** @throws InvalidInput when nothing would stop again what is to be started */
export function checkStart({ workload: name, until }: Input, workload: Workload, effects: Effects): void {
  const needsEnd = workload.kind === 'environment' && !until;
  if (needsEnd && !isWithinHours(workload, effects.stage().calendar, effects.now()))
    throw new InvalidInput(`until: ${name} is outside its hours: say until when, such as 22:00`);
}

/** Starts it now; with an end, it is kept until then. */
export async function start(asked: Input & { workload: string }, workload: Workload, effects: Effects): Promise<void> {
  const { workload: name, by, until, parameters } = asked;
  if (workload.kind === 'pipeline') return startRun(asked, workload, effects);
  if (until) await remember({ ...asked, act: 'keep' }, effects);
  await effects.startExecution(workload.kind === 'batch' ? 'run' : 'start', nameOf(name, 'start', effects), {
    workload: name,
    by,
    ...(parameters && { parameters }),
  });
}

/** An environment has a machine for it; a run is cut off, and the sweeper stops the instance of a job at once. */
export async function stop(asked: Input & { workload: string }, workload: Workload, effects: Effects): Promise<void> {
  const { workload: name, by, why, until } = asked;
  if (until) await remember({ ...asked, act: 'skip' }, effects);
  await effects.endKeep(name, effects.now());
  if (workload.kind === 'environment') {
    await effects.startExecution('stop', nameOf(name, 'stop', effects), { workload: name, by });
    return;
  }
  // One of an earlier day may have been begun again.
  const newest = await effects.newestRuns(name, workload.kind === 'pipeline' ? PIPELINE_RUNS : 1);
  const run = newest.find(({ status }) => status === 'running');
  if (run) await effects.stopExecution(run.execution, because('stoppedBy', by, why));
}

/** Stops everything. The gate is closed by the machine too: a table that does not answer keeps nothing on. */
export async function emergencyStop(asked: Input & { act: 'emergency-stop' }, effects: Effects): Promise<void> {
  const { by, why } = asked;
  const at = new Date(effects.now()).toISOString();
  const beside = (work: Promise<void>) =>
    work.catch((error) => {
      const { name, message } = asError(error);
      console.error(JSON.stringify({ error: name, message, what: 'the emergency stop goes on without it' }));
    });
  await Promise.all([
    beside(effects.putOverride(undefined, { act: 'pause', emergency: true, by, why, at })),
    effects.startEmergencyStop({ by, why }, effects.now()),
    beside(contend(asked, effects)),
  ]);
}

/** Back to the schedule. Of the whole stage it ends an emergency, too. */
export async function resume({ workload: name, by, why }: Input, effects: Effects): Promise<void> {
  const won = await effects.letGo(name, { by, now: effects.now() });
  if (won) throw new ContraryOrder(lostTo({ ...won, act: 'emergency-stop' }, { act: 'resume' }));
  await effects.endKeep(name, effects.now());
  await effects.openBudgetGate(name, by);
  if (!name) await effects.endEmergency(by);
  for (const workload of name ? [name] : Object.keys(effects.stage().workloads)) await effects.closeBreaker(workload);
  if (!name) await effects.publish(resumedNotice({ by, why }, effects.stage(), effects.now()));
}

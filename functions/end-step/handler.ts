import { sendTaskSuccess } from '../../shared/aws/task-tokens.ts';
import { real as ofTasks, stopTasksOf } from '../../shared/pipeline/left-tasks.ts';
import { deployedPipeline, deployedStage } from '../../shared/stage/deployed.ts';
import { historyOf, keepStep, endStep as record, stepsOf, unendedOf, waitingOf } from '../../shared/state/steps.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { judge } from './judge.ts';

const real = {
  ...{ stage: deployedStage, stepsOf, historyOf, keepStep, record, waitingOf, sendTaskSuccess, ...ofTasks },
  now: Date.now,
};

/** Ends a step: judges and records it, and lets those go on who wait for it. Asked again, it says the same. */
export async function endStep(event: Input, effects = real): Promise<Output> {
  const output = await settle(event, effects);
  const { step, run } = event;
  const { workload, key, generation } = run;
  // Recorded first and looked at then, as await-steps does it the other way round: one of the two sees the other.
  for (const { needs, token, ...waiting } of await effects.waitingOf(workload, key)) {
    if (waiting.generation !== generation || !needs.includes(step)) continue;
    const left = unendedOf(needs, generation, await effects.stepsOf(workload, key, needs));
    if (left.length === 0) await effects.sendTaskSuccess(token, {});
  }
  return output;
}

async function settle(event: Input, effects: typeof real): Promise<Output> {
  const { step, run, said } = event;
  const { workload, key, generation } = run;
  const name = { workload, key, step };
  const isKept = 'decision' in said && said.decision === 'keep';
  if (isKept && (await effects.keepStep(name, generation))) return { status: 'kept' };
  const { expect = {}, work } = deployedPipeline(workload, effects.stage()).steps[step] ?? {};
  // Before anybody goes on, or runs it again.
  if (work?.by === 'task' && isTimeUp(said)) await stopTasksOf(name, work, effects);
  const ending = await judge(event, expect, effects);
  await effects.record(name, generation, ending);
  return { status: ending.status, ...(ending.reason && { reason: ending.reason }) };
}

/** A task whose time is up goes on until it is stopped: the machine has only ceased to wait for it. */
function isTimeUp(said: Input['said']): boolean {
  return 'decision' in said && said.error?.Error === 'States.Timeout';
}

export const handler = wrap(input, endStep);

import { cancelCommand } from '../../shared/aws/commands.ts';
import { runningCommands } from '../../shared/aws/running-commands.ts';
import { commentOf } from '../../shared/pipeline/command.ts';
import { real as ofTasks, stopTasksOf } from '../../shared/pipeline/left-tasks.ts';
import { because } from '../../shared/pipeline/reasons.ts';
import type { PipelineWorkload, StepWork } from '../../shared/stage/compiled.ts';
import type { StepRecord } from '../../shared/state/steps.ts';

export const real = { runningCommands, cancelCommand, ...ofTasks };

/**
 * Ends what steps were at when their run was cut off: servers and clusters know nothing of that, and when it is run again
 * they would do the same beside it.
 *
 * @param left the steps that were going on
 * @returns of those whose work cannot be ended from here, that it goes on: a reason by the name of the step
 */
export async function endLeftBehind(
  stage: string,
  { steps }: PipelineWorkload,
  left: readonly StepRecord[],
  effects = real,
): Promise<Map<string, string>> {
  const commands = left.filter(({ step }) => steps[step]?.work.by === 'command');
  await endCommands(stage, commands, effects);
  for (const record of left) {
    const work = steps[record.step]?.work;
    if (work?.by === 'task') await stopTasksOf(record, work, effects);
  }
  return new Map(
    left.flatMap(({ step }) => {
      const goesOn = whatGoesOn(steps[step]?.work);
      return goesOn ? [[step, goesOn] as const] : [];
    }),
  );
}

async function endCommands(stage: string, left: readonly StepRecord[], effects: typeof real): Promise<void> {
  const [first] = left.map(({ startedAt = '' }) => startedAt).sort();
  if (!first) return;
  const comments = left.map(({ workload, step }) => commentOf(stage, workload, step));
  for (const { id, server, comment } of await effects.runningCommands(first))
    if (comments.includes(comment)) await effects.cancelCommand(id, server);
}

/** Whom nobody can tell from here that it is over: Lambda has no call for it, and Airflow's secrets are not the sweeper's. */
function whatGoesOn(work: StepWork | undefined): string | undefined {
  if (work?.by === 'airflow') return because('dagGoesOn', work.dag);
  if (work?.by === 'function') return because('functionGoesOn', work.name);
  return work?.by === 'http' ? because('callGoesOn') : undefined;
}

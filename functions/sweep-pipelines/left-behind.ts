import { cancelCommand } from '../../shared/aws/commands.ts';
import { runningCommands } from '../../shared/aws/running-commands.ts';
import { commentOf } from '../../shared/pipeline/command.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import type { StepRecord } from '../../shared/state/steps.ts';

export const real = { runningCommands, cancelCommand };

/**
 * Ends the commands of steps that were going on when their run was cut off: servers know nothing of that, and when it is run
 * again they would do the same beside it. AWS itself ends the tasks of an execution.
 *
 * @param left the steps that were going on
 */
export async function endLeftBehind(
  stage: string,
  { steps }: PipelineWorkload,
  left: readonly StepRecord[],
  effects = real,
): Promise<void> {
  const commands = left.filter(({ step }) => steps[step]?.work.by === 'command');
  const [first] = commands.map(({ startedAt = '' }) => startedAt).sort();
  if (!first) return;
  const comments = commands.map(({ workload, step }) => commentOf(stage, workload, step));
  for (const { id, server, comment } of await effects.runningCommands(first))
    if (comments.includes(comment)) await effects.cancelCommand(id, server);
}

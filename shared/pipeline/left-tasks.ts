import { runningTasks, stopTask } from '../aws/tasks.ts';
import type { StepWork } from '../stage/compiled.ts';
import type { StepName } from '../state/steps.ts';
import { familyOf } from './ask.ts';

export const real = { runningTasks, stopTask };

/**
 * Stops the task of a step that nobody waits for any more. Step Functions tries to, where an execution is cut off, and
 * promises nothing; of a state whose time is up it does not even say that.
 *
 * @source https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-sync
 */
export async function stopTasksOf(
  { workload, key, step }: StepName,
  work: Extract<StepWork, { by: 'task' }>,
  effects = real,
): Promise<void> {
  for (const { arn, environment } of await effects.runningTasks(work.cluster, familyOf(work))) {
    const isOfStep = environment['LAMPLIGHTER_PIPELINE'] === workload && environment['LAMPLIGHTER_STEP'] === step;
    if (isOfStep && environment['LAMPLIGHTER_RUN'] === key)
      await effects.stopTask(work.cluster, arn, `${workload} ${key}: nobody waits for ${step} any more`);
  }
}

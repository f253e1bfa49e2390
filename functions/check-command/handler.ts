import { commandInvocation, type Invocation } from '../../shared/aws/commands.ts';
import { instanceState } from '../../shared/aws/instances.ts';
import { CommandInProgress, DeadlineExceeded, InstanceStopped, JobFailed } from '../../shared/errors.ts';
import { logGroup } from '../../shared/job.ts';
import { because } from '../../shared/reasons.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { commandInvocation, instanceState, now: Date.now, stage: deployedStage };

/** Judges the job once: its result, a named failure, or `CommandInProgress` to be asked again. */
export async function checkCommand(
  { commandId, instanceId, deadlineAt, workload }: Input,
  effects = real,
): Promise<Output> {
  const job = await effects.commandInvocation(commandId, instanceId);
  const log = `${logGroup(effects.stage().stage, workload)}:${commandId}/${instanceId}`;
  if (job.status === 'Success') return { exitCode: 0, ...times(job), log };
  if (['Failed', 'TimedOut', 'Cancelled'].includes(job.status)) {
    const cause = { exitCode: job.exitCode, ...times(job), log };
    throw new JobFailed(JSON.stringify({ message: because('jobEnded', job.details, job.exitCode), ...cause }));
  }
  if (effects.now() >= Date.parse(deadlineAt)) throw new DeadlineExceeded(because('jobTooLong'));
  // Systems Manager keeps saying InProgress for an instance that went away under the job.
  const state = await effects.instanceState(instanceId);
  if (state !== 'running') throw new InstanceStopped(because('jobLostInstance', instanceId, state));
  throw new CommandInProgress(`${commandId} is ${job.status}`);
}

function times({ startedAt, endedAt }: Invocation): Pick<Output, 'startedAt' | 'endedAt'> {
  return { ...(startedAt && { startedAt }), ...(endedAt && { endedAt }) };
}

export const handler = wrap(input, checkCommand);

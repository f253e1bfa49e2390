import { cancelCommand, commandInvocation, type Invocation } from '../../shared/aws/commands.ts';
import { instanceState } from '../../shared/aws/instances.ts';
import { CommandInProgress, DeadlineExceeded, InstanceStopped, JobFailed } from '../../shared/errors.ts';
import { logGroup } from '../../shared/job.ts';
import { numbersIn } from '../../shared/pipeline/numbers.ts';
import { because } from '../../shared/reasons.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { commandInvocation, cancelCommand, instanceState, now: Date.now, stage: deployedStage };

/** Judges the job once: its result, a named failure, or `CommandInProgress` to be asked again. */
export async function checkCommand(asked: Input, effects = real): Promise<Output> {
  const { commandId, instanceId, workload, sentAt } = asked;
  const job = await effects.commandInvocation(commandId, instanceId);
  const log = `${logGroup(effects.stage().stage, workload)}:${commandId}/${instanceId}`;
  const known = { ...times(job), log, ...(sentAt && { numbers: numbersIn(job.output ?? '') }) };
  if (job.status === 'Success') return { exitCode: 0, ...known };
  if (sentAt && job.details === 'ExecutionTimedOut') throw new DeadlineExceeded(late(known));
  if (['Failed', 'TimedOut', 'Cancelled'].includes(job.status)) {
    const message = because('jobEnded', job.details, job.exitCode);
    throw new JobFailed(JSON.stringify({ message, exitCode: job.exitCode, ...known }));
  }
  if (effects.now() >= deadlineOf(asked)) {
    // Of a batch the machine does it, after which it stops the instance.
    if (sentAt) await effects.cancelCommand(commandId, instanceId);
    throw new DeadlineExceeded(sentAt ? late({ log }) : because('jobTooLong'));
  }
  await mindInstance(instanceId, effects.instanceState);
  throw new CommandInProgress(`${commandId} is ${job.status}`);
}

/** Milliseconds since the epoch: a step has time of its own, within that of its run. */
function deadlineOf({ deadlineAt, sentAt, seconds = Number.POSITIVE_INFINITY }: Input): number {
  return Math.min(Date.parse(deadlineAt), sentAt ? Date.parse(sentAt) + seconds * 1000 : Number.POSITIVE_INFINITY);
}

/** Systems Manager keeps saying InProgress for an instance that went away under the job; of own servers EC2 knows nothing. */
async function mindInstance(instanceId: string, instanceState: typeof real.instanceState): Promise<void> {
  if (instanceId.startsWith('mi-')) return;
  const state = await instanceState(instanceId);
  if (state !== 'running') throw new InstanceStopped(because('jobLostInstance', instanceId, state));
}

function late(known: object): string {
  return JSON.stringify({ message: because('jobTooLong'), ...known });
}

function times({ startedAt, endedAt }: Invocation): Pick<Output, 'startedAt' | 'endedAt'> {
  return { ...(startedAt && { startedAt }), ...(endedAt && { endedAt }) };
}

export const handler = wrap(input, checkCommand);

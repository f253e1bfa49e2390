import { commandInvocation } from '../../shared/aws/commands.ts';
import { CommandInProgress } from '../../shared/errors.ts';
import { type Result, saidBy } from '../../shared/recovery/said.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { commandInvocation, now: Date.now };

/** After these the process has been restarted, or somebody else is at it: whether it answers is seen from outside. */
const WORTH_ASKING: Result[] = ['recovered', 'down', 'failed', 'busy', 'interrupted'];

/** Looks once what came of a restart on a server: what its script said, or `CommandInProgress` to be asked again. */
export async function checkRestart(
  { commandId, instanceId, since, withinSeconds }: Input,
  effects = real,
): Promise<Output> {
  const { status, details, output = '' } = await effects.commandInvocation(commandId, instanceId);
  const isOver = ['Success', 'Failed', 'TimedOut', 'Cancelled'].includes(status);
  // A machine that hangs leaves its command as it is.
  if (!isOver && effects.now() < Date.parse(since) + withinSeconds * 1000)
    throw new CommandInProgress(`${commandId} is ${status}`);
  const said = isOver ? saidBy(output) : undefined;
  if (!said) return { result: `silent (${details || status})`, isWorthAsking: false };
  const { result, disk, logs } = said;
  return {
    ...{ result, isWorthAsking: WORTH_ASKING.includes(result) },
    ...(disk !== undefined && { disk }),
    ...(logs !== undefined && { logs }),
  };
}

export const handler = wrap(input, checkRestart);

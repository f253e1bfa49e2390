import { instanceState, startInstances } from '../../shared/aws/instances.ts';
import { DeadlineExceeded, InstanceStopping, InstanceTerminated } from '../../shared/errors.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

/** Starts a stopped instance; one that is stopping must be asked again, and EC2's own errors keep their names. */
export async function startInstance(
  { instanceId, deadlineAt }: Input,
  effects = { instanceState, startInstances, now: Date.now },
): Promise<Output> {
  // The safety stop has fired by then: nothing would stop what is started now.
  if (effects.now() >= Date.parse(deadlineAt))
    throw new DeadlineExceeded(`${instanceId} could not be started before ${deadlineAt}`);
  const state = await effects.instanceState(instanceId);
  if (state === 'terminated' || state === 'shutting-down') throw new InstanceTerminated(`${instanceId} is ${state}`);
  if (state === 'stopping') throw new InstanceStopping(`${instanceId} is still stopping`);
  await effects.startInstances(instanceId);
  return { at: new Date().toISOString() };
}

export const handler = wrap(input, startInstance);

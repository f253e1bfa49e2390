import { type InstanceState, instanceState, shutdownStops } from '../../shared/aws/instances.ts';
import { InstanceNotReady, InstanceStopped, InstanceTerminated, ShutdownWouldTerminate } from '../../shared/errors.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

/** Looks at an instance once: it has the wanted state, or the error's name says whether asking again can help. */
export async function checkInstance(
  { instanceId, want, jobBy, deadlineAt }: Input,
  effects = { instanceState, shutdownStops, now: Date.now },
): Promise<Output> {
  const state = await effects.instanceState(instanceId);
  judge(instanceId, want, state);
  if (jobBy === 'boot' && !(await effects.shutdownStops(instanceId)))
    throw new ShutdownWouldTerminate(
      `${instanceId} would be terminated by its own shutdown: set its shutdown behaviour to stop`,
    );
  const now = effects.now();
  const secondsLeft = deadlineAt && Math.max(1, Math.round((Date.parse(deadlineAt) - now) / 1000));
  return {
    state,
    isOn: state === 'running' || state === 'pending',
    at: new Date(now).toISOString(),
    ...(secondsLeft && { secondsLeft }),
  };
}

function judge(id: string, want: Input['want'], state: InstanceState): void {
  const isGone = state === 'terminated' || state === 'shutting-down';
  // A terminated instance runs no more, so whoever wants it stopped can be satisfied.
  if (isGone && want !== 'stopped') throw new InstanceTerminated(`${id} is ${state}`);
  if (want === 'running' && state === 'pending') throw new InstanceNotReady(`${id} is pending`);
  if (want === 'running' && state !== 'running') throw new InstanceStopped(`${id} is ${state}, not running`);
  if (want === 'stopped' && !isGone && state !== 'stopped')
    throw new InstanceNotReady(`${id} is ${state}, not stopped`);
}

export const handler = wrap(input, checkInstance);

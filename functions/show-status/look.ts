import { type InstanceState, instanceState } from '../../shared/aws/instances.ts';
import { describeStack } from '../../shared/aws/stacks.ts';
import { asError, InstanceNotFound } from '../../shared/errors.ts';
import type { BatchWorkload, EnvironmentWorkload } from '../../shared/stage/compiled.ts';
import { meaningOf } from '../check-stack/states.ts';
import type { WorkloadStatus } from './contract.ts';

type Seen = Pick<WorkloadStatus, 'now' | 'seen'>;

export const eyes = { instanceState, describeStack };

/** What a state of an instance means. */
export const OF_INSTANCE: Record<InstanceState, Seen['now']> = {
  pending: 'starting',
  running: 'on',
  stopping: 'stopping',
  stopped: 'off',
  'shutting-down': 'missing',
  terminated: 'missing',
};

/** How a workload is now. What cannot be seen is unknown, with the reason, and not off (law 8). */
export async function look(workload: BatchWorkload | EnvironmentWorkload, effects: typeof eyes): Promise<Seen> {
  try {
    if (workload.kind === 'batch') {
      const state = await effects.instanceState(workload.instance.id);
      return { now: OF_INSTANCE[state], seen: state };
    }
    const { status = 'absent' } = (await effects.describeStack(workload.stack.name)) ?? {};
    return { now: ofStack(status), seen: status };
  } catch (error) {
    const { name, message } = asError(error);
    return { now: error instanceof InstanceNotFound ? 'missing' : 'unknown', seen: `${name}: ${message}` };
  }
}

/** What the status of a stack means, `absent` where there is none. */
export function ofStack(status: string): Seen['now'] {
  if (status === 'CREATE_IN_PROGRESS') return 'starting';
  if (status === 'DELETE_IN_PROGRESS') return 'stopping';
  const { start, stop } = meaningOf(status);
  if (stop === 'gone') return 'off';
  if (start === 'up') return 'on';
  return start === 'wait' ? 'changing' : 'broken';
}

import { describe, expect, test } from '@jest/globals';
import type { Input } from '../../../functions/check-instance/contract.ts';
import { checkInstance } from '../../../functions/check-instance/handler.ts';
import type { InstanceState } from '../../../shared/aws/instances.ts';
import { DEADLINE, INSTANCE, minutesAfter } from '../../shared/builders.ts';

const NOW = minutesAfter(DEADLINE, -90);

function effects(state: InstanceState, { stops = true, now = NOW } = {}) {
  return { instanceState: async () => state, shutdownStops: async () => stops, now: () => now };
}

async function outcome(want: Input['want'], state: InstanceState): Promise<string> {
  try {
    return (await checkInstance({ instanceId: INSTANCE, want }, effects(state))).isOn ? 'on' : 'off';
  } catch (error) {
    return (error as Error).name;
  }
}

describe('checkInstance', () => {
  test.each<[Input['want'], InstanceState, string]>([
    ['any', 'pending', 'on'],
    ['any', 'running', 'on'],
    ['any', 'stopping', 'off'],
    ['any', 'stopped', 'off'],
    ['any', 'shutting-down', 'InstanceTerminated'],
    ['any', 'terminated', 'InstanceTerminated'],
    ['running', 'pending', 'InstanceNotReady'],
    ['running', 'running', 'on'],
    ['running', 'stopping', 'InstanceStopped'],
    ['running', 'stopped', 'InstanceStopped'],
    ['running', 'shutting-down', 'InstanceTerminated'],
    ['running', 'terminated', 'InstanceTerminated'],
    ['stopped', 'pending', 'InstanceNotReady'],
    ['stopped', 'running', 'InstanceNotReady'],
    ['stopped', 'stopping', 'InstanceNotReady'],
    ['stopped', 'stopped', 'off'],
    ['stopped', 'shutting-down', 'off'],
    ['stopped', 'terminated', 'off'],
  ])('%s wanted, it is %s - %s', async (want, state, expected) => {
    expect(await outcome(want, state)).toBe(expected);
  });

  test('a failure - names the instance and its state', async () => {
    await expect(checkInstance({ instanceId: INSTANCE, want: 'running' }, effects('stopping'))).rejects.toThrow(
      `${INSTANCE} is stopping, not running`,
    );
  });

  test('a job at boot on an instance whose shutdown terminates - ShutdownWouldTerminate', async () => {
    const asked = { instanceId: INSTANCE, want: 'any', jobBy: 'boot' } as const;
    await expect(checkInstance(asked, effects('stopped', { stops: false }))).rejects.toMatchObject({
      name: 'ShutdownWouldTerminate',
      message: expect.stringContaining('shutdown behaviour'),
    });
    expect(await checkInstance(asked, effects('stopped'))).toMatchObject({ isOn: false });
  });

  test('a job by SSM on an instance whose shutdown terminates - of no matter, and not asked', async () => {
    const asked = { instanceId: INSTANCE, want: 'any', jobBy: 'ssm' } as const;
    const shutdownStops = async () => {
      throw new Error('not allowed to ask');
    };
    expect(await checkInstance(asked, { ...effects('stopped'), shutdownStops })).toMatchObject({ isOn: false });
  });

  test('a deadline - the seconds that are left, and when that was', async () => {
    const asked = { instanceId: INSTANCE, want: 'running', deadlineAt: DEADLINE } as const;
    expect(await checkInstance(asked, effects('running'))).toEqual({
      state: 'running',
      isOn: true,
      at: new Date(NOW).toISOString(),
      secondsLeft: 5400,
    });
  });

  test('a deadline that is over - one second, since a task’s timeout must be positive', async () => {
    const asked = { instanceId: INSTANCE, want: 'running', deadlineAt: DEADLINE } as const;
    const late = effects('running', { now: minutesAfter(DEADLINE, 5) });
    expect(await checkInstance(asked, late)).toMatchObject({ secondsLeft: 1 });
  });

  test('no deadline - no seconds', async () => {
    expect(await checkInstance({ instanceId: INSTANCE, want: 'any' }, effects('stopped'))).not.toHaveProperty(
      'secondsLeft',
    );
  });
});

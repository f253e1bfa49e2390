import { describe, expect, test } from '@jest/globals';
import { startInstance } from '../../../functions/start-instance/handler.ts';
import type { InstanceState } from '../../../shared/aws/instances.ts';
import { ADMITTED, DEADLINE, INSTANCE } from '../../shared/builders.ts';

function ec2(state: InstanceState, now: string = ADMITTED, refusal?: Error) {
  const started: string[] = [];
  const effects = {
    instanceState: async () => state,
    startInstances: async (id: string) => {
      if (refusal) throw refusal;
      started.push(id);
    },
    now: () => Date.parse(now),
  };
  return { started, effects };
}

const asked = { instanceId: INSTANCE, deadlineAt: DEADLINE };

describe('startInstance', () => {
  test.each<InstanceState>(['stopped', 'pending', 'running'])('it is %s - asked to start', async (state) => {
    const { started, effects } = ec2(state);
    const { at } = await startInstance(asked, effects);
    expect(started).toEqual([INSTANCE]);
    expect(Date.parse(at)).not.toBeNaN();
  });

  test.each<[InstanceState, string]>([
    ['stopping', 'InstanceStopping'],
    ['shutting-down', 'InstanceTerminated'],
    ['terminated', 'InstanceTerminated'],
  ])('it is %s - %s, and not asked to start', async (state, name) => {
    const { started, effects } = ec2(state);
    await expect(startInstance(asked, effects)).rejects.toMatchObject({ name });
    expect(started).toEqual([]);
  });

  test('the deadline is over - DeadlineExceeded and nothing is started, since the safety stop has fired', async () => {
    const { started, effects } = ec2('stopped', DEADLINE);
    await expect(startInstance(asked, effects)).rejects.toMatchObject({ name: 'DeadlineExceeded' });
    expect(started).toEqual([]);
  });

  test('EC2 refuses - its own name gets through, since the machine retries by it', async () => {
    const refusal = Object.assign(new Error('no capacity'), { name: 'InsufficientInstanceCapacity' });
    await expect(startInstance(asked, ec2('stopped', ADMITTED, refusal).effects)).rejects.toBe(refusal);
  });
});

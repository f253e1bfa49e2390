import { afterEach, describe, expect, test } from '@jest/globals';
import { AutoScaling } from '../../../rehearsal/aws/auto-scaling.ts';
import { Ecs } from '../../../rehearsal/aws/ecs.ts';
import { aStage } from '../../shared/builders.ts';
import { aService } from '../../shared/watch/services.ts';
import { ServerWorld } from '../server-world.ts';

let aws: ServerWorld;
afterEach(() => aws?.end());

const befall = (target: { ecs: { cluster: string; service: string } } | { group: string }, incident: object) => {
  const faults = [{ at: '2026-11-02T00:01', workload: 'web', ...incident }];
  aws = new ServerWorld({ faults }, aStage({ timezone: 'UTC', services: { web: aService({ target }) } }));
  new Ecs(aws.world, aws.servers);
  new AutoScaling(aws.world, aws.ec2, aws.servers);
  return aws.pass(2);
};

describe('an ECS service that is deployed anew', () => {
  const one = { cluster: 'app', service: 'web' };
  const anew = {
    ...{ ...one, forceNewDeployment: true },
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  };
  const deployments = async (): Promise<{ status: string; rolloutState: string }[]> =>
    (await aws.call('ecs', 'DescribeServices', { cluster: 'app', services: ['web'] })).services[0].deployments;
  const rollouts = async () => (await deployments()).map(({ status, rolloutState }) => `${status} ${rolloutState}`);

  test('it hangs - new tasks come up beside the old, and it is up', async () => {
    await befall({ ecs: one }, { incident: 'hang' });
    const { service } = await aws.call('ecs', 'UpdateService', anew);
    expect(service.deployments).toHaveLength(2);
    expect(await rollouts()).toEqual(['PRIMARY IN_PROGRESS', 'ACTIVE COMPLETED']);
    await aws.pass(5);
    expect([...(await rollouts()), aws.seen(), ...aws.over()]).toEqual(['PRIMARY COMPLETED', '200', 'hang redeploy']);
  });

  test('no task comes up - the circuit breaker trips, and the last one that did is back', async () => {
    await befall({ ecs: one }, { incident: 'hang', cure: 'none' });
    await aws.call('ecs', 'UpdateService', anew);
    await aws.pass(10);
    expect(await rollouts()).toEqual(['PRIMARY COMPLETED', 'ACTIVE FAILED']);
    expect(aws.seen()).toBe('hangs');
  });

  test('one that there is not, and a cluster - by their errors', async () => {
    await befall({ ecs: one }, { incident: 'hang' });
    const asked = (input: object) => aws.call('ecs', 'UpdateService', { ...one, ...input });
    await expect(asked({ service: 'other' })).rejects.toMatchObject({ name: 'ServiceNotFoundException' });
    await expect(asked({ cluster: 'other' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    const { failures } = await aws.call('ecs', 'DescribeServices', { cluster: 'app', services: ['other'] });
    expect(failures[0].reason).toBe('MISSING');
  });
});

describe('an Auto Scaling group', () => {
  interface Member {
    InstanceId: string;
    HealthStatus: string;
    LifecycleState: string;
  }
  const members = async (): Promise<Member[]> => {
    const asked = { AutoScalingGroupNames: ['web'] };
    return (await aws.call('auto scaling', 'DescribeAutoScalingGroups', asked)).AutoScalingGroups[0].Instances;
  };
  const replace = (InstanceId = '') =>
    aws.call('autoscaling', 'SetInstanceHealth', { InstanceId, HealthStatus: 'Unhealthy' });

  test('a member is unwell - told by its health, and another takes its place', async () => {
    await befall({ group: 'web' }, { incident: 'zone', lasts: '2h' });
    const before = await members();
    expect(before.map(({ HealthStatus }) => HealthStatus)).toEqual(['Unhealthy', 'Healthy']);
    const InstanceIds = before.map(({ InstanceId }) => InstanceId);
    const { InstanceStatuses } = await aws.call('ec2', 'DescribeInstanceStatus', {
      InstanceIds,
      IncludeAllInstances: true,
    });
    const statuses = InstanceStatuses.map((one: { SystemStatus: { Status: string } }) => one.SystemStatus.Status);
    expect(statuses).toEqual(['impaired', 'ok']);
    await replace(before[0]?.InstanceId);
    expect((await members())[0]?.LifecycleState).toBe('Terminating');
    await aws.pass(5.1);
    const after = await members();
    expect(after.map(({ HealthStatus, LifecycleState }) => `${HealthStatus} ${LifecycleState}`)).toEqual([
      'Healthy InService',
      'Healthy InService',
    ]);
    expect([after.map(({ InstanceId }) => InstanceId).includes(before[0]?.InstanceId ?? ''), aws.over()]).toEqual([
      false,
      ['zone replace'],
    ]);
  });

  test('a process hangs - no member can be told by its health, and to replace the other one does not help', async () => {
    await befall({ group: 'web' }, { incident: 'hang' });
    const before = await members();
    expect(before.map(({ HealthStatus }) => HealthStatus)).toEqual(['Healthy', 'Healthy']);
    await replace(before[1]?.InstanceId);
    await aws.pass(6);
    expect(aws.over()).toEqual([]);
  });

  test('an instance of no group - ValidationError', async () => {
    await befall({ group: 'web' }, { incident: 'hang' });
    await expect(replace('i-0123456789abcdef0')).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

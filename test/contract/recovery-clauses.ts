import assert from 'node:assert/strict';
import { type Answer, type Aws, type Clause, refuses } from './clauses.ts';

const statusOf = async (aws: Aws, id: string, more: object = {}) =>
  (await aws.call('ec2', 'DescribeInstanceStatus', { InstanceIds: [id], ...more })).InstanceStatuses[0];
const deployments = async (aws: Aws): Promise<Answer[]> =>
  (await aws.call('ecs', 'DescribeServices', { cluster: 'contract', services: ['contract'] })).services[0].deployments;
const members = async (aws: Aws): Promise<Answer[]> => {
  const asked = { AutoScalingGroupNames: ['contract'] };
  return (await aws.call('autoscaling', 'DescribeAutoScalingGroups', asked)).AutoScalingGroups[0].Instances;
};

/** What a recovery relies on. */
export const RECOVERY_CLAUSES: Clause[] = [
  {
    says: 'EC2: an instance that is rebooted runs on, one that is terminated is let be',
    source: 'EC2 API reference, RebootInstances; user guide, "Reboot your instance"',
    holds: async (aws) => {
      const InstanceIds = [aws.stopped];
      const isRunning = async () => (await statusOf(aws, aws.stopped))?.InstanceState.Name === 'running';
      await aws.call('ec2', 'StartInstances', { InstanceIds });
      await aws.until('running', isRunning);
      await aws.call('ec2', 'RebootInstances', { InstanceIds });
      assert.ok(await isRunning());
      await aws.call('ec2', 'RebootInstances', { InstanceIds: [aws.terminated] });
      await aws.call('ec2', 'StopInstances', { InstanceIds });
      const isStopped = async () =>
        (await statusOf(aws, aws.stopped, { IncludeAllInstances: true })).InstanceState.Name === 'stopped';
      await aws.until('stopped', isStopped);
    },
  },
  {
    says: 'EC2: what is off has a status only where all are asked for',
    source: 'EC2 API reference, DescribeInstanceStatus, IncludeAllInstances',
    holds: async (aws) => {
      assert.equal(await statusOf(aws, aws.stopped), undefined);
      const { InstanceState } = await statusOf(aws, aws.stopped, { IncludeAllInstances: true });
      assert.equal(InstanceState.Name, 'stopped');
    },
  },
  {
    says: 'EC2: an instance without an Elastic IP has none, which is no error',
    source: 'EC2 API reference, DescribeAddresses: the filter instance-id',
    holds: async (aws) => {
      const Filters = [{ Name: 'instance-id', Values: [aws.stopped] }];
      assert.deepEqual((await aws.call('ec2', 'DescribeAddresses', { Filters })).Addresses, []);
    },
  },
  {
    says: 'ECS: a service that there is not is a failure of its own, and no error',
    source: 'ECS API reference, DescribeServices; developer guide, "API failure reasons"',
    holds: async (aws) => {
      const asked = { cluster: 'contract', services: ['contract', 'never'] };
      const { services, failures } = await aws.call('ecs', 'DescribeServices', asked);
      assert.deepEqual([services.length, failures.map(({ reason }: Answer) => reason)], [1, ['MISSING']]);
    },
  },
  {
    says: 'ECS: in a cluster that there is not nothing can be deployed: ClusterNotFoundException',
    source: 'ECS API reference, UpdateService, Errors',
    holds: async (aws) => {
      const asked = { cluster: 'never', service: 'contract', forceNewDeployment: true };
      await assert.rejects(aws.call('ecs', 'UpdateService', asked), refuses('ClusterNotFoundException'));
    },
  },
  {
    says: 'ECS: a new deployment of the same tasks is PRIMARY, beside what it replaces',
    source: 'ECS API reference, UpdateService, forceNewDeployment; Deployment, status',
    holds: async (aws) => {
      const [before] = await deployments(aws);
      const { service } = await aws.call('ecs', 'UpdateService', {
        ...{ cluster: 'contract', service: 'contract', forceNewDeployment: true },
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
      });
      const statuses = service.deployments.map(({ status }: Answer) => status);
      assert.deepEqual(statuses, ['PRIMARY', 'ACTIVE']);
      assert.notEqual(service.deployments[0].id, before.id);
      const { enable, rollback } = service.deploymentConfiguration.deploymentCircuitBreaker;
      assert.deepEqual([enable, rollback], [true, true]);
    },
  },
  {
    says: 'Auto Scaling: the members of a group say how they are',
    source: 'EC2 Auto Scaling API reference, DescribeAutoScalingGroups',
    holds: async (aws) => {
      const found = await members(aws);
      assert.equal(found.length, 2);
      for (const { HealthStatus, LifecycleState, AvailabilityZone } of found) {
        assert.deepEqual([HealthStatus, LifecycleState], ['Healthy', 'InService']);
        assert.match(AvailabilityZone, /^eu-central-1[a-z]$/);
      }
    },
  },
  {
    says: 'Auto Scaling: a member that is called unhealthy is so until it is replaced',
    source: 'EC2 Auto Scaling API reference, SetInstanceHealth; user guide, "Health checks for instances"',
    holds: async (aws) => {
      const [first] = await members(aws);
      const InstanceId = first.InstanceId;
      await aws.call('autoscaling', 'SetInstanceHealth', { InstanceId, HealthStatus: 'Unhealthy' });
      const found = (await members(aws)).find((one) => one.InstanceId === InstanceId);
      assert.ok(found === undefined || found.HealthStatus === 'Unhealthy', `it is ${found?.HealthStatus}`);
    },
  },
  {
    says: 'Auto Scaling: an instance of no group is ValidationError',
    source: 'EC2 Auto Scaling API reference, SetInstanceHealth',
    holds: async (aws) => {
      const asked = { InstanceId: 'i-0123456789abcdef9', HealthStatus: 'Unhealthy' };
      await assert.rejects(aws.call('autoscaling', 'SetInstanceHealth', asked), refuses('ValidationError'));
    },
  },
];

import assert from 'node:assert/strict';
import { type Answer, type Aws, type Clause, refuses } from './clauses.ts';

const TARGET = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/contract-workers/contract-workers',
  ScalableDimension: 'ecs:service:DesiredCount',
};
const register = (aws: Aws, more: object) =>
  aws.call('application auto scaling', 'RegisterScalableTarget', { ...TARGET, ...more });
const described = async (aws: Aws): Promise<Answer> => {
  const asked = { ServiceNamespace: 'ecs', ResourceIds: [TARGET.ResourceId] };
  return (await aws.call('application auto scaling', 'DescribeScalableTargets', asked)).ScalableTargets[0];
};

/** What workers by the queue rely on. */
export const QUEUE_CLAUSES: Clause[] = [
  {
    says: 'SQS: how many messages a queue has is told as texts, of what was asked for',
    source: 'SQS API reference, GetQueueAttributes',
    holds: async (aws) => {
      const QueueUrl = aws.queue;
      for (const MessageBody of ['one', 'two']) await aws.call('sqs', 'SendMessage', { QueueUrl, MessageBody });
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
      const { Attributes } = await aws.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames });
      assert.deepEqual(Attributes, {
        ApproximateNumberOfMessages: '2',
        ApproximateNumberOfMessagesNotVisible: '0',
      });
    },
  },
  {
    says: 'SQS: a queue that is not there is QueueDoesNotExist',
    source: 'SQS API reference, GetQueueAttributes',
    holds: async (aws) => {
      const asked = { QueueUrl: `${aws.queue}-never`, AttributeNames: ['All'] };
      await assert.rejects(aws.call('sqs', 'GetQueueAttributes', asked), refuses(/QueueDoesNotExist/));
    },
  },
  {
    says: 'Application Auto Scaling: what is registered is told, and what is not named stays as it was',
    source: 'Application Auto Scaling API reference, RegisterScalableTarget and DescribeScalableTargets',
    holds: async (aws) => {
      await register(aws, { MinCapacity: 0, MaxCapacity: 50 });
      await register(aws, { MaxCapacity: 10, SuspendedState: { DynamicScalingOutSuspended: true } });
      const { MinCapacity, MaxCapacity, SuspendedState, ResourceId } = await described(aws);
      assert.deepEqual(
        { MinCapacity, MaxCapacity, ResourceId, isOutSuspended: SuspendedState.DynamicScalingOutSuspended },
        { MinCapacity: 0, MaxCapacity: 10, ResourceId: TARGET.ResourceId, isOutSuspended: true },
      );
    },
  },
  {
    says: 'Application Auto Scaling: a minimum over the maximum is ValidationException',
    source: 'Application Auto Scaling API reference, RegisterScalableTarget',
    holds: async (aws) => {
      await assert.rejects(register(aws, { MinCapacity: 5, MaxCapacity: 4 }), refuses('ValidationException'));
    },
  },
  {
    says: 'Application Auto Scaling: a service that is not there is ValidationException',
    source: 'Application Auto Scaling API reference, RegisterScalableTarget',
    holds: async (aws) => {
      const ResourceId = 'service/contract-workers/never';
      const registered = register(aws, { ResourceId, MinCapacity: 0, MaxCapacity: 1 });
      await assert.rejects(registered, refuses('ValidationException'));
    },
  },
  {
    says: 'ECS: how many tasks are desired is set, and told',
    source: 'ECS API reference, UpdateService and DescribeServices',
    holds: async (aws) => {
      const [cluster, service] = ['contract-workers', 'contract-workers'];
      await aws.call('ecs', 'UpdateService', { cluster, service, desiredCount: 0 });
      const { services } = await aws.call('ecs', 'DescribeServices', { cluster, services: [service] });
      assert.equal(services[0].desiredCount, 0);
      assert.equal(services[0].status, 'ACTIVE');
    },
  },
];

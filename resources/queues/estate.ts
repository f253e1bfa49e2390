import type { StopResult } from '../../shared/emergency.ts';
import type { CompiledStage, QueueSource } from '../../shared/stage/compiled.ts';
import { arn, distinct, parameter, type Sub } from '../arns.ts';

/** What the functions of queues may touch. */
export interface QueuesEstate {
  /** What private queues are read in; in no VPC without a network. */
  vpc: { subnetIds: string[]; securityGroupIds: string[] } | false;
  /** What a function in a VPC makes itself an interface on: everything or nothing. */
  networkInterfaceArns: string[];
  /** Queues of SQS that are read, and their dead letters. */
  sqsQueueArns: Sub[];
  /** What is needed to read queues. */
  queueSecretArns: Sub[];
  workerServiceArns: Sub[];
  /** Their ids are AWS's own: a condition says which sort they are. */
  scalableTargetArns: Sub[];
  /** What can only be asked for everything: everything, or nothing without queues. */
  scalingDescriptionArns: string[];
}

export function ofQueues({ queues, network }: CompiledStage): QueuesEstate {
  const all = Object.values(queues);
  const any = all.length > 0;
  return {
    vpc: network ? { subnetIds: network.subnets, securityGroupIds: network.securityGroups } : false,
    networkInterfaceArns: network ? ['*'] : [],
    sqsQueueArns: distinct(all.flatMap(({ source }) => sqsArns(source))),
    queueSecretArns: distinct(all.flatMap(({ source }) => secretsOfQueue(source)).map(parameter)),
    workerServiceArns: distinct(
      all.map(({ workers: { cluster, service } }) => arn('ecs', `service/${cluster}/${service}`)),
    ),
    scalableTargetArns: any ? [arn('application-autoscaling', 'scalable-target/*')] : [],
    scalingDescriptionArns: any ? ['*'] : [],
  };
}

/** The workers of queues, as an emergency stop names them; those that two queues share are stopped once. */
export function workerTargets({ queues }: CompiledStage): StopResult['target'][] {
  const all = Object.entries(queues).map(
    ([
      workload,
      {
        workers: { cluster, service },
      },
    ]) => ({
      ...{ kind: 'workers' as const, workload, id: `service/${cluster}/${service}`, cluster, service },
    }),
  );
  return [...new Map(all.map((target) => [target.id, target])).values()];
}

/** `https://sqs.ap-northeast-2.amazonaws.com/123456789012/jobs`: maybe in another region or account. */
function sqsArns(source: QueueSource): Sub[] {
  if (source.kind !== 'sqs') return [];
  return [source.url, source.deadLetters]
    .filter((url) => url !== undefined)
    .map((url) => {
      const [, region, account, name] = /^https:\/\/sqs\.([^.]+)\.[^/]+\/(\d+)\/(.+)$/.exec(url) ?? [];
      return { 'Fn::Sub': `arn:\${AWS::Partition}:sqs:${region}:${account}:${name}` };
    });
}

/** The references in what a queue is read with. */
export function secretsOfQueue(source: QueueSource): string[] {
  if (source.kind === 'sqs') return [];
  if (source.kind === 'http') return source.header ? [source.header.value] : [];
  const { username, password, ca } = source.redis;
  return [username, password, ca].filter((value) => value !== undefined).filter((value) => value.startsWith('ssm:'));
}

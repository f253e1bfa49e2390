import { describe, expect, test } from '@jest/globals';
import type { Aws } from '../../../../plugin/ops/doctor/aws.ts';
import type { Finding } from '../../../../plugin/ops/doctor/finding.ts';
import { queuesOf } from '../../../../plugin/ops/doctor/queues.ts';
import { secrets } from '../../../../plugin/ops/doctor/secrets.ts';
import type { CreatedWorkers, QueueWorkload } from '../../../../shared/stage/compiled.ts';
import { aQueue, aStage } from '../../../shared/builders.ts';
import { aContext } from '../context.ts';
import { workersThatAreThere } from './workers.ts';

const PASSWORD = 'a-password-that-nobody-may-see';
const network = { subnets: ['subnet-1'], securityGroups: ['sg-1'] };
const redis = { host: '10.0.0.9', port: 6379, db: 0, tls: false, password: 'ssm:/lamplighter/dev/redis' };
const private_ = aQueue({ source: { kind: 'bullmq', name: 'crawl-jobs', prefix: 'bull', redis } });
const create: CreatedWorkers = {
  ...{ cluster: true, image: { repository: 'crawler' }, environment: {}, publicIp: false, egress: [], policies: [] },
  ...{ secrets: { DB: 'ssm:/lamplighter/dev/db' }, subnets: ['subnet-1', 'subnet-2'], securityGroups: [] },
};
const made = (more: Partial<CreatedWorkers> = {}): QueueWorkload => ({
  ...private_,
  workers: { ...private_.workers, create: { ...create, ...more } },
});
const reading = { at: 0, waiting: 7, active: 2, delayed: 0, due: 0 };
const answer = { queues: { crawl: { reading, mark: { at: 0, inside: 9 } } } };

interface World {
  queue?: QueueWorkload;
  aws?: Partial<Aws>;
  answers?: Record<string, unknown>;
}

async function found({ queue = private_, aws = {}, answers }: World = {}) {
  const { context, seen } = aContext({}, { answers: answers ?? { publishPrivateQueueMetrics: answer } });
  const stage = aStage({ workloads: {}, queues: { crawl: queue }, ...(queue.isPrivate && { network }) });
  const all = {
    stackStatus: async () => 'UPDATE_COMPLETE',
    parameter: async () => ({ type: 'SecureString', value: PASSWORD }),
    images: async () => 3,
    ...workersThatAreThere,
    ...aws,
  } as unknown as Aws;
  const findings = await queuesOf({ stage, aws: all, ask: context.hands.ask });
  // Law 9, whatever is wrong.
  expect(JSON.stringify(findings)).not.toContain(PASSWORD);
  return { findings, asked: seen.asked, stage, all };
}

describe('the doctor, of queues', () => {
  test('everything is there - the queue is read from within its network, and each part is said to be well', async () => {
    const { findings, asked } = await found();
    expect(findings.map(({ about, level, found: text }) => `${about} ${level}: ${text}`)).toEqual([
      'crawl: queue ok: 9 jobs want a worker',
      'crawl: service ok: crawler-worker of crawler-workers: 3 of 3 run',
      'crawl: scaling ok: from 0 to 50',
      'network ok: 1 subnets of vpc-1',
    ]);
    const source = { ...private_.source, redis: { ...redis, password: PASSWORD } };
    expect(asked).toEqual([['publishPrivateQueueMetrics', { queues: [{ name: 'crawl', source }] }]]);
  });

  test('one that is reached from outside - read by the other function', async () => {
    const queue = aQueue({ isPrivate: false, source: { kind: 'sqs', url: 'https://sqs.x.amazonaws.com/1/jobs' } });
    const { asked } = await found({ queue, answers: { publishQueueMetrics: answer } });
    expect(asked.map(([name]) => name)).toEqual(['publishQueueMetrics']);
  });

  test('workers that Lamplighter makes - their image and their network too', async () => {
    const { findings } = await found({ queue: made() });
    expect(findings.map(({ about, level }) => `${about} ${level}`)).toEqual([
      ...['crawl: queue ok', 'crawl: service ok', 'crawl: scaling ok', 'crawl: image ok'],
      ...['network ok', 'crawl: network ok'],
    ]);
  });

  const none = async () => undefined;
  test.each<[string, World, string, Finding['level'], RegExp]>([
    [
      'it cannot be read',
      { answers: { publishPrivateQueueMetrics: { queues: { crawl: { unreadable: 'wrong password' } } } } },
      'crawl: queue',
      'error',
      /cannot be read: wrong password/,
    ],
    [
      'the function fails',
      { answers: { publishPrivateQueueMetrics: new Error(`connect with ${PASSWORD.length} letters failed`) } },
      'crawl: queue',
      'warning',
      /could not be looked at/,
    ],
    ['its password is not there', { aws: { parameter: none } }, 'crawl: queue', 'warning', /no parameter ssm:/],
    ['no service', { aws: { workerService: none } }, 'crawl: service', 'error', /no active service crawler-worker/],
    [
      'workers that do not start',
      { aws: { workerService: async () => ({ running: 0, desired: 4, said: 'unable to pull' }) } },
      'crawl: service',
      'warning',
      /4 workers are asked for, and none runs; ECS says: unable to pull/,
    ],
    ['nothing scales it', { aws: { scalableTarget: none } }, 'crawl: scaling', 'error', /is not registered/],
    [
      'somebody else scales it',
      { aws: { scalingPolicies: async () => ['lamplighter-dev-crawl-wanted', 'by-hand'] } },
      'crawl: scaling',
      'warning',
      /scaled by by-hand as well/,
    ],
    ['no repository', { queue: made(), aws: { images: none } }, 'crawl: image', 'error', /no repository crawler/],
    ['no image', { queue: made(), aws: { images: async () => 0 } }, 'crawl: image', 'error', /no image with a tag/],
    [
      'another tag',
      { queue: made({ image: { repository: 'crawler', tag: 'v9' } }), aws: { hasImage: async () => false } },
      'crawl: image',
      'error',
      /crawler has no image v9/,
    ],
    ['no subnet', { aws: { vpcOfSubnet: none } }, 'network', 'error', /not there: subnet-1/],
    ['two VPCs', { aws: { vpcOfGroup: async () => 'vpc-2' } }, 'network', 'error', /several VPCs: vpc-1, vpc-2/],
  ])('%s - found, with how to mend it', async (_, world, about, level, text) => {
    const { findings } = await found(world);
    expect(findings.filter((one) => one.about === about)).toContainEqual({
      ...{ about, level },
      found: expect.stringMatching(text),
      mend: expect.any(String),
    });
  });

  test('before the deployment - what comes with it is no fault, and no function is asked', async () => {
    const aws = { stackStatus: none, workerService: none, scalableTarget: none };
    const { findings, asked } = await found({ queue: made(), aws });
    expect(findings.map(({ level }) => level)).toEqual(['note', 'note', 'note', 'ok', 'ok', 'ok']);
    expect(asked).toEqual([]);
  });

  test('its parameters - looked at with the others, with who uses them', async () => {
    const { stage, all } = await found({ queue: made() });
    expect((await secrets(stage, all)).map(({ about, found: text }) => `${about}: ${text}`)).toEqual(
      expect.arrayContaining([
        'parameter /lamplighter/dev/redis: a SecureString, for the queue crawl',
        'parameter /lamplighter/dev/db: a SecureString, for the workers of crawl',
      ]),
    );
  });
});

test('a stage without queues - nothing is looked at', async () => {
  const { context } = aContext({});
  expect(await queuesOf({ stage: aStage(), aws: {} as Aws, ask: context.hands.ask })).toEqual([]);
});

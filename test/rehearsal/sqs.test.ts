import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Sqs } from '../../rehearsal/aws/sqs.ts';
import { VirtualClock } from '../../rehearsal/clock.ts';
import { needsOf } from '../../rehearsal/needs.ts';
import { deployQueues } from '../../rehearsal/queues.ts';
import { Random } from '../../rehearsal/random.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { Template } from '../../rehearsal/template.ts';
import { World } from '../../rehearsal/world.ts';
import { aStage } from '../shared/builders.ts';
import { MONDAY } from './world.ts';

const URL = 'https://sqs.ap-northeast-2.amazonaws.com/123456789012/signals';
const ARN = 'arn:aws:sqs:ap-northeast-2:123456789012:signals';

interface Received {
  at: number;
  bodies: string[];
  records: { messageId: string; body: string; attributes: Record<string, string> }[];
}

/** A queue that feeds a function, in a world of its own. */
class QueueWorld {
  readonly clock = new VirtualClock(MONDAY);
  readonly world: World;
  readonly received: Received[] = [];
  /** How long the function takes. */
  takesMs = 100;
  /** What the function does with a batch; by default it takes it. */
  answer: (batch: Received) => unknown = () => null;
  /** The most batches that were worked on at a time. */
  most = 0;

  constructor(scenario: object = {}, mapping: object = {}) {
    this.world = new World(this.clock, new Random(1), parseScenario(scenario), aStage());
    let running = 0;
    const sqs = new Sqs(this.world, async (_, event) => {
      const { Records: records } = event as { Records: Received['records'] };
      const batch = { at: this.clock.now - MONDAY, bodies: records.map(({ body }) => body), records };
      this.received.push(batch);
      this.most = Math.max(this.most, ++running);
      await this.clock.sleep(this.takesMs);
      running--;
      return this.answer(batch);
    });
    deployQueues(new Template(resources(mapping), 'ap-northeast-2'), sqs);
  }

  call(operation: string, input: object): Promise<unknown> {
    return this.world.call('a test', 'sqs', operation, { QueueUrl: URL, ...input });
  }

  async sendAll(count: number): Promise<void> {
    for (let index = 0; index < count; index++) await this.call('SendMessage', { MessageBody: String(index) });
  }

  pass(seconds: number): Promise<void> {
    const end = this.clock.now + seconds * 1000;
    this.clock.at(end, () => undefined);
    return this.clock.runUntil(end);
  }

  bodies(): string[] {
    return this.received.flatMap(({ bodies }) => bodies);
  }
}

function resources(mapping: object) {
  return {
    Resources: {
      Signals: {
        Type: 'AWS::SQS::Queue',
        Properties: { QueueName: 'signals', VisibilityTimeout: 90, RedrivePolicy: { maxReceiveCount: 3 } },
      },
      Source: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Signals', 'Arn'] },
          FunctionName: 'arn:aws:lambda:ap-northeast-2:123456789012:function:hear',
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ...mapping,
        },
      },
    },
  };
}

let aws: QueueWorld;
beforeEach(() => {
  aws = new QueueWorld();
});
afterEach(() => aws.clock.uninstall());
const instead = (scenario: object, mapping: object = {}) => {
  aws.clock.uninstall();
  aws = new QueueWorld(scenario, mapping);
};

describe('addresses', () => {
  test('Ref of a queue - its URL, as CloudFormation gives it', () => {
    const template = new Template(resources({}), 'ap-northeast-2');
    expect(template.resolve([{ Ref: 'Signals' }, { 'Fn::GetAtt': ['Signals', 'Arn'] }])).toEqual([URL, ARN]);
  });

  test.each(['SendMessage', 'SendMessageBatch'])('%s - needs sqs:SendMessage on the ARN of the URL', (operation) => {
    expect(needsOf('sqs', operation, { QueueUrl: URL }, 'ap-northeast-2')).toEqual([
      { action: 'sqs:SendMessage', resource: ARN },
    ]);
  });
});

describe('SendMessage', () => {
  test('a message - reaches the function within seconds, with when it was sent and how often it was received', async () => {
    await aws.call('SendMessage', { MessageBody: 'hello' });
    await aws.pass(5);
    expect(aws.received[0]?.records[0]).toMatchObject({
      body: 'hello',
      attributes: { SentTimestamp: String(MONDAY), ApproximateReceiveCount: '1' },
    });
  });

  test('a delay - comes after it, not before', async () => {
    await aws.call('SendMessage', { MessageBody: 'later', DelaySeconds: 900 });
    await aws.pass(899);
    expect(aws.bodies()).toEqual([]);
    await aws.pass(5);
    expect(aws.bodies()).toEqual(['later']);
  });

  test.each([
    ['another queue', { QueueUrl: URL.replace('signals', 'other'), MessageBody: 'x' }, 'QueueDoesNotExist'],
    ['no address', { QueueUrl: 'signals', MessageBody: 'x' }, 'QueueDoesNotExist'],
    ['a delay of over 15 minutes', { MessageBody: 'x', DelaySeconds: 901 }, 'InvalidParameterValue'],
    ['over 1 MiB', { MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    ['nothing', { MessageBody: '' }, 'MissingParameter'],
    ['a control character', { MessageBody: '\u0000' }, 'InvalidMessageContents'],
  ])('%s - refused', async (_, input, name) => {
    await expect(aws.call('SendMessage', input)).rejects.toMatchObject({ name });
  });
});

describe('SendMessageBatch', () => {
  const entries = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ Id: `${index}`, MessageBody: 'x' }));

  test('ten messages, one with a wrong delay - nine are taken, and which one was not is said', async () => {
    const Entries = entries(10).map((entry) => ({ ...entry, ...(entry.Id === '4' && { DelaySeconds: 1000 }) }));
    const answer = await aws.call('SendMessageBatch', { Entries });
    expect(answer).toMatchObject({
      Successful: [0, 1, 2, 3, 5, 6, 7, 8, 9].map((id) => ({ Id: `${id}` })),
      Failed: [{ Id: '4', Code: 'InvalidParameterValue', SenderFault: true }],
    });
    await aws.pass(5);
    expect(aws.bodies()).toHaveLength(9);
  });

  test.each([
    ['none', [], 'EmptyBatchRequest'],
    ['eleven', entries(11), 'TooManyEntriesInBatchRequest'],
    ['an id twice', [...entries(1), ...entries(1)], 'BatchEntryIdsNotDistinct'],
    ['an id with a colon', [{ Id: 'a:b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
    [
      'over 1 MiB together',
      entries(2).map((entry) => ({ ...entry, MessageBody: 'x'.repeat(600_000) })),
      'BatchRequestTooLong',
    ],
  ])('%s - refused', async (_, Entries, name) => {
    await expect(aws.call('SendMessageBatch', { Entries })).rejects.toMatchObject({ name });
  });
});

describe('the function', () => {
  test('a long backlog - five batches of ten at a time, everything once and in order', async () => {
    await aws.sendAll(100);
    await aws.pass(30);
    expect(aws.most).toBe(5);
    expect(aws.received.map(({ bodies }) => bodies.length)).toEqual(Array(10).fill(10));
    expect(aws.bodies()).toEqual(Array.from({ length: 100 }, (_, index) => String(index)));
  });

  test('MaximumConcurrency - no more batches than that at a time', async () => {
    instead({}, { ScalingConfig: { MaximumConcurrency: 2 }, BatchSize: 5 });
    await aws.sendAll(40);
    await aws.pass(30);
    expect(aws.most).toBe(2);
    expect(aws.received).toHaveLength(8);
  });

  test('some are not taken - those come back after the visibility timeout, until they are dead', async () => {
    aws.answer = ({ records }) => ({
      batchItemFailures: records
        .filter(({ body }) => body === '1')
        .map(({ messageId: itemIdentifier }) => ({ itemIdentifier })),
    });
    await aws.sendAll(3);
    await aws.pass(600);
    expect(aws.received.map(({ bodies, at }) => [at, ...bodies])).toEqual([
      [1000, '0', '1', '2'],
      [92_000, '1'],
      [183_000, '1'],
    ]);
    expect(aws.received[2]?.records[0]?.attributes).toMatchObject({ ApproximateReceiveCount: '3' });
    expect(aws.world.journal.of('lost')).toMatchObject([{ why: 'received 3 times' }]);
  });

  test('some are not taken by a mapping that does not ask - nothing comes back', async () => {
    instead({}, { FunctionResponseTypes: [] });
    aws.answer = ({ records }) => ({
      batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })),
    });
    await aws.sendAll(1);
    await aws.pass(600);
    expect(aws.bodies()).toEqual(['0']);
  });

  test('it fails - the whole batch comes back', async () => {
    aws.answer = ({ at }) => {
      if (at < 5000) throw new Error('broken');
    };
    await aws.sendAll(2);
    await aws.pass(200);
    expect(aws.bodies()).toEqual(['0', '1', '0', '1']);
  });
});

describe('faults', () => {
  test('twice, once - one message comes again', async () => {
    instead({ faults: [{ messages: 'twice', times: 1 }] });
    await aws.sendAll(2);
    await aws.pass(300);
    expect(aws.bodies()).toEqual(['0', '1', '0']);
  });

  test('out of order - everything once, in another order, and of one moment in more than one batch', async () => {
    instead({ faults: [{ messages: 'out-of-order' }] });
    await aws.sendAll(10);
    await aws.pass(300);
    const sent = Array.from({ length: 10 }, (_, index) => String(index));
    expect(aws.bodies()).not.toEqual(sent);
    expect(aws.bodies().toSorted()).toEqual(sent);
    expect(aws.received.length).toBeGreaterThan(1);
  });

  test('out of order until noon - in order after it', async () => {
    instead({ faults: [{ messages: 'out-of-order', to: '2026-11-02T12:00' }] });
    await aws.pass(24 * 3600);
    await aws.sendAll(10);
    await aws.pass(60);
    expect(aws.received).toHaveLength(1);
    expect(aws.bodies()).toEqual(aws.bodies().toSorted());
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Scheduler } from '../../rehearsal/aws/scheduler.ts';
import { Sns } from '../../rehearsal/aws/sns.ts';
import { VirtualClock } from '../../rehearsal/clock.ts';
import { firings } from '../../rehearsal/cron.ts';
import type { Happening } from '../../rehearsal/journal.ts';
import { Random } from '../../rehearsal/random.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { World } from '../../rehearsal/world.ts';
import type { Channel } from '../../shared/stage/compiled.ts';
import { aNotice, aStage } from '../shared/builders.ts';
import { MONDAY } from './world.ts';

const arn = (name: string) => `arn:aws:sns:ap-northeast-2:123456789012:lamplighter-dev-${name}`;
const NOTICES = arn('notices');
const channels: Record<string, Channel> = {
  mail: { kind: 'email', to: ['a@example.com', 'b@example.com'] },
  phone: { kind: 'sms', to: ['+12025550123'] },
};

let clock: VirtualClock;
let world: World;
let sns: Sns;
let enqueued: string[];

beforeEach(() => {
  clock = new VirtualClock(MONDAY);
  world = new World(
    clock,
    new Random(1),
    parseScenario({}),
    aStage({ notify: { windowSeconds: 3600, remindSeconds: 3600, channels, routes: [] } }),
  );
  enqueued = [];
  sns = new Sns(
    world,
    (_, body) => enqueued.push(body),
    () => true,
  );
  for (const name of ['notices', 'mail', 'watch']) sns.topics.add(arn(name));
});
afterEach(() => clock.uninstall());

const publish = (input: object) => world.call('a test', 'sns', 'Publish', { TopicArn: NOTICES, ...input });
const subscribe = (topic: string, protocol: string, endpoint: string, isRaw = true) =>
  sns.subscriptions.push({ topic: arn(topic), protocol, endpoint, isRaw });
const happened = () =>
  world.journal.entries.filter(({ what }) => what !== 'call').map(({ at: _, ...happening }) => happening as Happening);

describe('what is published', () => {
  test('a notice - is journalled as one', async () => {
    const notice = aNotice();
    await publish({ Message: JSON.stringify(notice) });
    expect(happened()).toEqual([{ what: 'notice', notice }]);
  });

  test.each([
    ['a heartbeat', JSON.stringify({ heartbeat: '2026-11-02T00:00:00Z' }), { heartbeat: '2026-11-02T00:00:00Z' }],
    ['text', 'all is well', 'all is well'],
    ['a number', '7', 7],
  ])('%s - is a message, not a notice', async (_, Message, body) => {
    await publish({ Message });
    expect(happened()).toEqual([{ what: 'message', topic: 'lamplighter-dev-notices', body }]);
  });

  test('a notice that goes on to the topic of a channel - is not published a second time', async () => {
    await publish({ TopicArn: arn('mail'), Message: JSON.stringify(aNotice()) });
    expect(happened()).toMatchObject([{ what: 'message', topic: 'lamplighter-dev-mail' }]);
  });

  test.each([
    ['another topic', { TopicArn: arn('other'), Message: 'x' }, 'NotFoundException'],
    ['nothing', { Message: '' }, 'InvalidParameterException'],
    ['over 256 KiB', { Message: 'x'.repeat(262_145) }, 'InvalidParameterException'],
    ['a subject in Hangul', { Message: 'x', Subject: '경고' }, 'InvalidParameterException'],
    ['structure without default', { Message: '{"sms":"x"}', MessageStructure: 'json' }, 'InvalidParameterException'],
  ])('%s - refused', async (_, input, name) => {
    await expect(publish(input)).rejects.toMatchObject({ name });
    expect(happened()).toEqual([]);
  });
});

describe('what arrives', () => {
  test('mail by the topic of a channel - delivered to each address, by the name of the channel', async () => {
    subscribe('mail', 'email', 'x@example.com');
    subscribe('mail', 'email', 'y@example.com');
    await publish({ TopicArn: arn('mail'), Subject: 'nightly failed', Message: 'Exit code 3.' });
    const body = { subject: 'nightly failed', text: 'Exit code 3.' };
    expect(happened().slice(1)).toEqual([
      { what: 'delivered', channel: 'mail', id: expect.any(String), how: 'posted', to: 'x@example.com', body },
      { what: 'delivered', channel: 'mail', id: expect.any(String), how: 'posted', to: 'y@example.com', body },
    ]);
  });

  test('a text message by another topic - delivered by the name of the channel that the number is of', async () => {
    subscribe('watch', 'sms', '+12025550123');
    await publish({
      TopicArn: arn('watch'),
      MessageStructure: 'json',
      Message: JSON.stringify({ default: 'long', sms: 'short' }),
    });
    expect(happened()[1]).toMatchObject({ channel: 'phone', body: { text: 'short' } });
  });

  test('a queue - the message alone where it is raw, else in an envelope', async () => {
    subscribe('notices', 'sqs', 'one');
    subscribe('notices', 'sqs', 'two', false);
    await publish({ Message: 'hello', Subject: 'hi' });
    expect(enqueued[0]).toBe('hello');
    expect(JSON.parse(enqueued[1] ?? '')).toMatchObject({ Type: 'Notification', Message: 'hello', TopicArn: NOTICES });
  });
});

test('a schedule that publishes by itself - every ten minutes, with its time and an id of its own', async () => {
  const scheduler = new Scheduler(
    world,
    async (_, input) => void (await publish(JSON.parse(input))),
    () => undefined,
  );
  const Message = '{"heartbeat":"<aws.scheduler.scheduled-time>","id":"<aws.scheduler.execution-id>"}';
  const Target = {
    Arn: 'arn:aws:scheduler:::aws-sdk:sns:publish',
    RoleArn: 'a role',
    Input: JSON.stringify({ Message }),
  };
  scheduler.add({ Name: 'heartbeat', GroupName: 'default', ScheduleExpression: 'rate(10 minutes)', Target });
  await clock.runUntil(MONDAY + 25 * 60_000);
  const bodies = world.journal.of('message').map(({ body }) => body as { heartbeat: string; id: string });
  expect(bodies.map(({ heartbeat }) => heartbeat.slice(11))).toEqual(['00:00:00Z', '00:10:00Z', '00:20:00Z']);
  expect(new Set(bodies.map(({ id }) => id)).size).toBe(3);
});

test('a schedule beyond the week that is looked ahead - fires in the third week as in the first', async () => {
  const fired: number[] = [];
  const scheduler = new Scheduler(
    world,
    async () => void fired.push(new Date(clock.now).getUTCDate()),
    () => undefined,
  );
  const Target = { Arn: 'x', RoleArn: 'a role' };
  scheduler.add({ Name: 'a', GroupName: 'default', ScheduleExpression: 'cron(0 0 ? * MON *)', Target });
  await clock.runUntil(MONDAY + 22 * 86_400_000);
  expect(fired).toEqual([2, 9, 16, 23]);
});

test('a rate - counts from when the schedule was made', () => {
  const minute = 60_000;
  expect([...firings('rate(7 minutes)', 'UTC', 10 * minute, 30 * minute)]).toEqual(
    [10, 17, 24].map((at) => at * minute),
  );
  expect(() => firings('rate(7 fortnights)', 'UTC', 0, 1).next()).toThrow('does not know the rate 7 fortnights');
});

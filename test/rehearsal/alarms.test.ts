import { afterEach, describe, expect, test } from '@jest/globals';
import { CloudWatch } from '../../rehearsal/aws/cloudwatch.ts';
import { Sns } from '../../rehearsal/aws/sns.ts';
import { VirtualClock } from '../../rehearsal/clock.ts';
import { Random } from '../../rehearsal/random.ts';
import { changesOf } from '../../rehearsal/scenario/alarms.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { Template } from '../../rehearsal/template.ts';
import { deployTopics, mayAlarm } from '../../rehearsal/topics.ts';
import { World } from '../../rehearsal/world.ts';
import { aStage } from '../shared/builders.ts';
import { act, packaged } from './stage.ts';
import { MONDAY } from './world.ts';

const at = '2026-11-02T10:00';
const minute = 60_000;

const changes = (alarm: object) =>
  [...changesOf(parseScenario({ alarms: [{ at, name: 'cpu', ...alarm }] }).alarms[0] ?? { at, name: '' })].map(
    ({ after, name, state }) => [after / minute, name, state],
  );

describe('what an alarm of a scenario stands for', () => {
  test('alone - one change, to ALARM unless it says otherwise', () => {
    expect(changes({})).toEqual([[0, 'cpu', 'ALARM']]);
    expect(changes({ state: 'OK' })).toEqual([[0, 'cpu', 'OK']]);
  });

  test('flapping - ALARM and OK in turn', () => {
    expect(changes({ changes: 3, every: '2m' })).toEqual([
      [0, 'cpu', 'ALARM'],
      [2, 'cpu', 'OK'],
      [4, 'cpu', 'ALARM'],
    ]);
  });

  test('a storm - evenly within its time, of so many alarms, each in turn', () => {
    expect(changes({ count: 6, over: '3m', distinct: 2 })).toEqual([
      [0, 'cpu-1', 'ALARM'],
      [0.5, 'cpu-2', 'ALARM'],
      [1, 'cpu-1', 'OK'],
      [1.5, 'cpu-2', 'OK'],
      [2, 'cpu-1', 'ALARM'],
      [2.5, 'cpu-2', 'ALARM'],
    ]);
  });

  test('a storm of one state - no alarm of it is over', () => {
    const storm = changes({ count: 10_000, distinct: 500, state: 'ALARM' });
    expect(storm).toHaveLength(10_000);
    expect(new Set(storm.map(([, name]) => name)).size).toBe(500);
    expect(new Set(storm.map(([, , state]) => state))).toEqual(new Set(['ALARM']));
  });
});

test.each([
  [{ over: '5m' }, 'over means nothing without count'],
  [{ every: '5m' }, 'every means nothing without changes'],
  [{ changes: 3, count: 5 }, 'either flaps (changes) or comes as a storm (count)'],
  [{ changes: 3, state: 'ALARM' }, 'goes to ALARM first'],
  [{ count: 5, distinct: 6 }, 'cannot be more alarms than changes: at most 5'],
  [{ states: 'ALARM' }, 'states'],
])('%j - refused, with what is wrong', (alarm, text) => {
  expect(() => parseScenario({ alarms: [{ at, name: 'cpu', ...alarm }] })).toThrow(text);
});

const TOPIC = (name: string) => ({ Type: 'AWS::SNS::Topic', Properties: { TopicName: `lamplighter-dev-${name}` } });
const RESOURCES = {
  NoticesTopic: TOPIC('notices'),
  WatchTopic: TOPIC('watch'),
  QueueAlarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { AlarmDescription: 'Late.', AlarmActions: [{ Ref: 'NoticesTopic' }, { Ref: 'WatchTopic' }] },
  },
};

describe('in the world', () => {
  let clock: VirtualClock;
  afterEach(() => clock?.uninstall());

  /** What comes of the alarms of a scenario within the day. */
  async function ring(alarm: object, resources: object = {}) {
    clock = new VirtualClock(MONDAY);
    const stage = aStage({
      timezone: 'UTC',
      notify: { windowSeconds: 3600, remindSeconds: 3600, channels: {}, routes: [] },
    });
    const scenario = parseScenario({ alarms: [{ at, name: 'cpu', ...alarm }] });
    const world = new World(clock, new Random(1), scenario, stage);
    const template = new Template({ Resources: { ...RESOURCES, ...resources } }, 'ap-northeast-2');
    const bodies: string[] = [];
    const sns = new Sns(
      world,
      (_, body) => bodies.push(body),
      () => true,
    );
    const events: object[] = [];
    const cloudwatch = new CloudWatch(world, sns, mayAlarm(world, template), (detail) => events.push(detail));
    deployTopics(template, sns, cloudwatch);
    for (const topic of sns.topics) sns.subscriptions.push({ topic, protocol: 'sqs', endpoint: 'q', isRaw: true });
    for (const one of scenario.alarms) cloudwatch.expect(one);
    await clock.runUntil(MONDAY + 24 * 60 * minute);
    return { bodies: bodies.map((body) => JSON.parse(body)), journal: world.journal, events };
  }

  test('an alarm of the owner’s - published to the notices as CloudWatch writes it', async () => {
    const { bodies, journal } = await ring({ description: 'Busy.', reason: 'Threshold Crossed' });
    expect(bodies).toEqual([
      expect.objectContaining({
        AlarmName: 'cpu',
        AlarmDescription: 'Busy.',
        NewStateValue: 'ALARM',
        OldStateValue: 'OK',
        NewStateReason: 'Threshold Crossed',
        StateChangeTime: '2026-11-02T10:00:00.000+0000',
        Trigger: expect.any(Object),
      }),
    ]);
    expect(journal.of('notice')).toEqual([]);
    expect(journal.of('alarm')).toMatchObject([{ topic: 'lamplighter-dev-notices', name: 'cpu', state: 'ALARM' }]);
  });

  test('every change - is an event as well, whomever the alarm tells', async () => {
    const { bodies, events } = await ring({ name: 'QueueAlarm', changes: 2 });
    expect(bodies.length).toBeLessThan(3);
    expect(events).toMatchObject([
      { previousState: { value: 'OK' }, state: { value: 'ALARM', timestamp: '2026-11-02T10:00:00.000+0000' } },
      { previousState: { value: 'ALARM' }, state: { value: 'OK' } },
    ]);
  });

  test('one of the template’s - goes to the topics that it names for the state, and nowhere else', async () => {
    const { bodies, journal } = await ring({ name: 'QueueAlarm', changes: 2 });
    expect(bodies).toMatchObject(Array(2).fill({ AlarmDescription: 'Late.', NewStateValue: 'ALARM' }));
    expect(journal.of('alarm').map(({ topic }) => topic)).toEqual(['lamplighter-dev-notices', 'lamplighter-dev-watch']);
  });

  test('a topic whose policy does not let CloudWatch publish - refused, and journalled as denied', async () => {
    const PolicyDocument = {
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: '*' },
      ],
    };
    const Policy = { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'NoticesTopic' }], PolicyDocument } };
    const { bodies, journal } = await ring({}, { Policy });
    expect(bodies).toEqual([]);
    expect(journal.of('denied')).toMatchObject([{ text: expect.stringContaining('may not sns:Publish') }]);
  });

  test('a storm of 10,000 - all of them come', async () => {
    const { bodies } = await ring({ count: 10_000, distinct: 500 });
    expect(bodies).toHaveLength(10_000);
  });
});

test('an alarm, in a rehearsal - people see it once in every channel that hears what is critical', async () => {
  const people = [{ at: '2026-11-02T10:30', act: 'acknowledge', cause: 'cpu-high' }];
  const report = await act({ alarms: [{ at, name: 'cpu-high' }], people }, { from: '2026-11-02', days: 1 });
  expect(report.violations).toEqual([]);
  const quiet = await act({}, { from: '2026-11-02', days: 1 });
  const posted = ({ deliveries }: typeof report) => ['discord', 'mail'].map((name) => deliveries[name]?.posted ?? 0);
  expect(posted(report).map((count, index) => count - (posted(quiet)[index] ?? 0))).toEqual([1, 1]);
});

test('an incident is acknowledged where no function takes it - said, like any word that was refused', async () => {
  const template = structuredClone(packaged('ec2-batch').template);
  // And not those either that would have it take what is said in Discord.
  const gone = /AcknowledgeIncident|CarryOutCommand|ReceiveInteraction/i;
  for (const id of Object.keys(template.Resources)) if (gone.test(id)) delete template.Resources[id];
  const people = [{ at, act: 'acknowledge', workload: 'makenaide', cause: 'runs' }];
  const { faults } = await act({ people }, { from: '2026-11-02', days: 1, template });
  expect(faults[0]?.text).toMatch(/^acknowledge makenaide was refused: .*acknowledgeIncident/);
});

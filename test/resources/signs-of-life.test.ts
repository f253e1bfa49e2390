import { expect, test } from '@jest/globals';
import { signsOfLife } from '../../resources/signs-of-life.ts';
import type { Notify } from '../../shared/stage/compiled.ts';
import { aNotify, aStage } from '../shared/builders.ts';

type Schedule = { Properties: { ScheduleExpression: string; ScheduleExpressionTimezone: string; Target: object } };

const of = (notify: Partial<Notify>) =>
  signsOfLife(aStage({ notify: aNotify(notify) })) as Record<string, Schedule | undefined>;

/** What EventBridge Scheduler publishes, with the topic's ARN where CloudFormation puts it. */
function published(schedule: Schedule | undefined): { TopicArn: string; Message: Record<string, unknown> } {
  const { Input } = (schedule as Schedule).Properties.Target as {
    Input: { 'Fn::Join': [string, (string | { Ref: string })[]] };
  };
  const [, parts] = Input['Fn::Join'];
  const text = parts.map((part) => (typeof part === 'string' ? part : `arn of ${part.Ref}`)).join('');
  const input = JSON.parse(text) as { TopicArn: string; Message: string };
  return { ...input, Message: JSON.parse(input.Message) as Record<string, unknown> };
}

test('nothing is asked for - alarms on the funnel, no test notice and no heartbeat', () => {
  expect(Object.keys(of({}))).toEqual(['NoticesDeadLettersAlarm', 'NoticesLateAlarm']);
});

test('a daily test - a notice to every channel, new each day, at that time of the stage’s zone', () => {
  const { TestNoticeSchedule } = of({ test: '09:05' });
  expect(TestNoticeSchedule?.Properties).toMatchObject({
    ScheduleExpression: 'cron(5 9 * * ? *)',
    ScheduleExpressionTimezone: 'Asia/Seoul',
  });
  const { TopicArn, Message } = published(TestNoticeSchedule);
  expect(TopicArn).toBe('arn of NoticesTopic');
  expect(Message).toMatchObject({ everywhere: true, severity: 'info', id: 'test <aws.scheduler.scheduled-time>' });
});

test('a heartbeat - comes the way of all notices, as often as was said', () => {
  const { HeartbeatSchedule } = of({ heartbeat: { url: 'https://example.com/ping', everyMinutes: 1 } });
  expect(HeartbeatSchedule?.Properties.ScheduleExpression).toBe('rate(1 minute)');
  expect(published(HeartbeatSchedule).Message).toEqual({ heartbeat: '<aws.scheduler.scheduled-time>' });
  expect(JSON.stringify(HeartbeatSchedule)).not.toContain('example.com');
});

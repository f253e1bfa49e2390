import { testNotice } from '../shared/notices/own.ts';
import type { CompiledStage } from '../shared/stage/compiled.ts';
import { deadLettersAlarm, lateAlarm } from './delivery-alarms.ts';
import { schedule } from './schedule.ts';

/**
 * What watches the funnel: alarms on its queue, a test notice once a day, and a heartbeat that goes the way of all notices
 * and leaves AWS at its end. Both are published by EventBridge Scheduler itself.
 */
export function signsOfLife(stage: CompiledStage): Record<string, object> {
  const { test, heartbeat } = stage.notify;
  return {
    NoticesDeadLettersAlarm: deadLettersAlarm(),
    NoticesLateAlarm: lateAlarm('any channel', 'NoticesQueue'),
    ...(test !== undefined && {
      TestNoticeSchedule: publishes(stage, 'test-notice', daily(test), {
        ...testNotice(stage),
        id: 'test <aws.scheduler.scheduled-time>',
        at: '<aws.scheduler.scheduled-time>',
      }),
    }),
    ...(heartbeat && {
      HeartbeatSchedule: publishes(stage, 'heartbeat', `rate(${rate(heartbeat.everyMinutes)})`, {
        heartbeat: '<aws.scheduler.scheduled-time>',
      }),
    }),
  };
}

function daily(time: string): string {
  return `cron(${Number(time.slice(3))} ${Number(time.slice(0, 2))} * * ? *)`;
}

function rate(minutes: number): string {
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

function publishes({ timezone }: CompiledStage, name: string, expression: string, message: object): object {
  const input = JSON.stringify({ TopicArn: 'TOPIC', Message: JSON.stringify(message) });
  return schedule({
    ...{ name, expression, timezone },
    description: 'Shows that notices arrive.',
    target: { 'Fn::Sub': 'arn:${AWS::Partition}:scheduler:::aws-sdk:sns:publish' },
    role: 'SignsOfLifeRole',
    input: { 'Fn::Join': ['', input.split('TOPIC').flatMap(withTopic)] },
    ...{ maximumAge: 300, attempts: 3 },
  });
}

function withTopic(text: string, index: number): unknown[] {
  return index === 0 ? [text] : [{ Ref: 'NoticesTopic' }, text];
}

import { describe, expect, test } from '@jest/globals';
import type { Estate } from '../../resources/estate.ts';
import { logicalId, schedules } from '../../resources/schedules.ts';
import type { BatchWorkload, Calendar } from '../../shared/stage/compiled.ts';
import { aStage, aWorkload } from '../shared/builders.ts';

type Schedule = { Properties: { ScheduleExpression: string; Name: string; Target: { Input: string } } };

const at = (...times: string[]) => times.map((time) => ({ time, parameters: {} }));

function schedulesOf(workload: BatchWorkload, calendar?: Calendar, name = 'nightly'): [string, Schedule][] {
  const stage = aStage({ workloads: { [name]: workload }, ...(calendar && { calendar }) });
  return Object.entries(schedules(stage as Estate)) as [string, Schedule][];
}

const crons = (workload: Partial<BatchWorkload>, calendar?: Calendar) =>
  schedulesOf(aWorkload({ ...workload, run: {} }), calendar).map(([, { Properties }]) => Properties.ScheduleExpression);

describe('schedules, their cron expressions', () => {
  test.each<[string, Partial<BatchWorkload>, string[]]>([
    ['every day at one time', { at: at('02:00') }, ['cron(0 2 * * ? *)']],
    ['several hours with the same minute', { at: at('02:00', '09:00', '23:00') }, ['cron(0 2,9,23 * * ? *)']],
    ['another minute', { at: at('02:00', '09:30', '21:00') }, ['cron(0 2,21 * * ? *)', 'cron(30 9 * * ? *)']],
    ['leading zeros', { at: at('00:05') }, ['cron(5 0 * * ? *)']],
    ['weekdays', { at: at('09:00'), days: 'weekdays' }, ['cron(0 9 ? * MON,TUE,WED,THU,FRI *)']],
    ['chosen days', { at: at('09:00'), days: ['sun', 'wed'] }, ['cron(0 9 ? * WED,SUN *)']],
    [
      'all seven days',
      { at: at('09:00'), days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
      ['cron(0 9 * * ? *)'],
    ],
  ])('%s', (_, workload, expected) => {
    expect(crons(workload)).toEqual(expected);
  });

  test('weekdays with a Saturday that is worked - fire daily, since the day off is looked at when it fires', () => {
    const calendar = { closed: {}, open: ['2026-11-07'], until: '2028-12-31' };
    expect(crons({ at: at('09:00'), days: 'weekdays' }, calendar)).toEqual(['cron(0 9 * * ? *)']);
    expect(crons({ at: at('09:00'), days: ['mon'] }, calendar)).toEqual(['cron(0 9 ? * MON *)']);
  });
});

describe('schedules', () => {
  test('one schedule - its own zone, a retry policy that gives up in minutes, a dead-letter queue', () => {
    const [[, schedule] = []] = schedulesOf(aWorkload());
    expect(schedule).toMatchObject({
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpressionTimezone: 'Asia/Seoul',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { Ref: 'RunBatch' },
          RetryPolicy: { MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 10 },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['ScheduleDeadLetters', 'Arn'] } },
        },
      },
    });
  });

  test('what it starts a run with - the workload, and the time that EventBridge Scheduler fills in', () => {
    const [[, schedule] = []] = schedulesOf(aWorkload());
    expect(JSON.parse(schedule?.Properties.Target.Input ?? '')).toEqual({
      workload: 'nightly',
      scheduledFor: '<aws.scheduler.scheduled-time>',
      by: 'schedule',
    });
  });

  test('two minutes of the longest name - ids of their own, names that AWS takes', () => {
    const found = schedulesOf(aWorkload({ at: at('02:00', '02:30') }), undefined, `a-${'b'.repeat(22)}`);
    expect(new Set(found.map(([id]) => id)).size).toBe(2);
    for (const [id, { Properties }] of found) {
      expect(id).toMatch(/^[A-Za-z0-9]+$/);
      expect(Properties.Name).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
    }
  });

  test('the input - never a value that is secret', () => {
    const secret = aWorkload({ run: { environment: { KEY: 'ssm:/app/key' } } });
    expect(JSON.stringify(schedulesOf(secret))).not.toContain('/app/key');
  });
});

describe('logicalId', () => {
  test.each([
    ['nightly', 'Nightly'],
    ['chat-app', 'ChatApp'],
    ['a-1-b', 'A1B'],
  ])('%s - %s', (name, id) => {
    expect(logicalId(name)).toBe(id);
  });
});

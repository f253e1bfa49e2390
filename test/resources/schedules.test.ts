import { describe, expect, test } from '@jest/globals';
import type { Estate } from '../../resources/estate.ts';
import { logicalId } from '../../resources/logical-id.ts';
import { schedules } from '../../resources/schedules.ts';
import type { BatchWorkload, Calendar, EnvironmentWorkload, Hours } from '../../shared/stage/compiled.ts';
import { aStage, aWorkload } from '../shared/builders.ts';
import { anEnvironment } from './environment.ts';

type Schedule = { Properties: { ScheduleExpression: string; Name: string; Target: { Input: string } } };

const at = (...times: string[]) => times.map((time) => ({ time, parameters: {} }));

function schedulesOf(
  workload: BatchWorkload | EnvironmentWorkload,
  calendar?: Calendar,
  name = 'nightly',
): [string, Schedule][] {
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
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
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

describe('schedules of an environment', () => {
  const hoursOf = (hours: Hours[], calendar?: Calendar) =>
    schedulesOf(anEnvironment({ hours }), calendar, 'chat-app').map(
      ([, { Properties }]) => `${Properties.Name} ${Properties.ScheduleExpression}`,
    );

  test('weekdays - starts on five days, stops on seven', () => {
    expect(hoursOf([{ days: 'weekdays', from: '09:00', to: '18:00' }])).toEqual([
      'chat-app-start-at-00 cron(0 9 ? * MON,TUE,WED,THU,FRI *)',
      'chat-app-stop-at-00 cron(0 18 * * ? *)',
    ]);
  });

  test('weekdays with a special working Saturday - daily', () => {
    const calendar = { closed: {}, open: ['2026-11-07'], until: '2028-12-31' };
    expect(hoursOf([{ days: 'weekdays', from: '09:00', to: '18:00' }], calendar)).toEqual([
      'chat-app-start-at-00 cron(0 9 * * ? *)',
      'chat-app-stop-at-00 cron(0 18 * * ? *)',
    ]);
  });

  test('hours of their own on Friday - those of one minute together where their days are the same, else apart', () => {
    const hours: Hours[] = [
      { days: ['mon', 'tue', 'wed', 'thu'], from: '09:00', to: '18:30' },
      { days: ['fri'], from: '09:00', to: '16:00' },
      { days: ['fri'], from: '18:00', to: '20:00' },
    ];
    expect(hoursOf(hours)).toEqual([
      'chat-app-start-at-00 cron(0 9 ? * MON,TUE,WED,THU,FRI *)',
      'chat-app-start-at-00-2 cron(0 18 ? * FRI *)',
      'chat-app-stop-at-30 cron(30 18 ? * MON,TUE,WED,THU,SAT,SUN *)',
      'chat-app-stop-at-00 cron(0 16,20 ? * FRI,SAT,SUN *)',
    ]);
  });

  test('over midnight - stops the day after', () => {
    const hours: Hours[] = [
      { days: ['fri', 'sat'], from: '22:00', to: '06:00' },
      { days: ['mon', 'tue', 'wed', 'thu', 'sun'], from: '07:00', to: '08:00' },
    ];
    expect(hoursOf(hours)).toEqual([
      'chat-app-start-at-00 cron(0 22 ? * FRI,SAT *)',
      'chat-app-start-at-00-2 cron(0 7 ? * MON,TUE,WED,THU,SUN *)',
      'chat-app-stop-at-00 cron(0 6 ? * SAT,SUN *)',
      'chat-app-stop-at-00-2 cron(0 8 ? * MON,TUE,WED,THU,SUN *)',
    ]);
  });

  test('what they start - the machine of the act, with the act and the time; a stop may come an hour late', () => {
    const targets = schedulesOf(anEnvironment(), undefined, 'chat-app').map(([id, { Properties }]) => [
      id,
      Properties.Target,
    ]);
    const input = { workload: 'chat-app', scheduledFor: '<aws.scheduler.scheduled-time>', by: 'schedule' };
    const retry = (seconds: number) => ({ MaximumEventAgeInSeconds: seconds, MaximumRetryAttempts: 10 });
    expect(targets).toEqual([
      [
        'ChatAppStartAt00Schedule',
        expect.objectContaining({ Arn: { Ref: 'StartEnvironment' }, RetryPolicy: retry(900) }),
      ],
      [
        'ChatAppStopAt00Schedule',
        expect.objectContaining({ Arn: { Ref: 'StopEnvironment' }, RetryPolicy: retry(3600) }),
      ],
    ]);
    expect(targets.map(([, target]) => JSON.parse((target as { Input: string }).Input))).toEqual([
      { ...input, act: 'start' },
      { ...input, act: 'stop' },
    ]);
  });

  test('the longest name and many times - ids of their own, names that AWS takes', () => {
    const hours: Hours[] = [
      { days: ['mon'], from: '09:00', to: '18:00' },
      { days: ['tue'], from: '10:00', to: '18:30' },
      { days: ['wed'], from: '11:00', to: '18:45' },
    ];
    const found = schedulesOf(anEnvironment({ hours }), undefined, `a-${'b'.repeat(22)}`);
    expect(new Set(found.map(([id]) => id)).size).toBe(6);
    for (const [, { Properties }] of found) expect(Properties.Name).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
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

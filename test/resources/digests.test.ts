import { expect, test } from '@jest/globals';
import { digests } from '../../resources/digests.ts';
import type { Notify } from '../../shared/stage/compiled.ts';
import { aNotify, aStage } from '../shared/builders.ts';

type Schedule = { Properties: { ScheduleExpression: string; ScheduleExpressionTimezone: string; Target: object } };

const of = (digest: Notify['digest']) =>
  Object.entries(digests(aStage({ notify: aNotify({ digest }) }))).map(([id, schedule]) => {
    const { ScheduleExpression, ScheduleExpressionTimezone, Target } = (schedule as Schedule).Properties;
    return [id, ScheduleExpression, ScheduleExpressionTimezone, (Target as { Input: string }).Input];
  });

test('nothing is asked for - no schedule', () => {
  expect(of(undefined)).toEqual([]);
});

test('daily, weekly and monthly - at their times in the zone of the stage, for the time that they were to come', () => {
  const input = (period: string) => `{"period":"${period}","scheduledFor":"<aws.scheduler.scheduled-time>"}`;
  expect(of({ daily: '17:30', weekly: { day: 'fri', at: '17:30' }, monthly: '09:05' })).toEqual([
    ['DailyDigestSchedule', 'cron(30 17 * * ? *)', 'Asia/Seoul', input('daily')],
    ['WeeklyDigestSchedule', 'cron(30 17 ? * FRI *)', 'Asia/Seoul', input('weekly')],
    ['MonthlyDigestSchedule', 'cron(5 9 1 * ? *)', 'Asia/Seoul', input('monthly')],
  ]);
});

import type { CompiledStage } from '../shared/stage/compiled.ts';
import { schedule } from './schedule.ts';

/** The schedules of the digests that the stage file asks for, in the zone of the stage. */
export function digests({ timezone, notify }: CompiledStage): Record<string, object> {
  const { daily, weekly, monthly } = notify.digest ?? {};
  return {
    ...(daily !== undefined && { DailyDigestSchedule: digest('daily', `${clock(daily)} * * ? *`, timezone) }),
    ...(weekly && {
      WeeklyDigestSchedule: digest('weekly', `${clock(weekly.at)} ? * ${weekly.day.toUpperCase()} *`, timezone),
    }),
    ...(monthly !== undefined && { MonthlyDigestSchedule: digest('monthly', `${clock(monthly)} 1 * ? *`, timezone) }),
  };
}

function clock(time: string): string {
  return `${Number(time.slice(3))} ${Number(time.slice(0, 2))}`;
}

function digest(period: string, fields: string, timezone: string): object {
  return schedule({
    name: `${period}-digest`,
    description: 'Says what happened, what was spent, and what a person should look at.',
    expression: `cron(${fields})`,
    timezone,
    target: { 'Fn::GetAtt': ['SendDigestLambdaFunction', 'Arn'] },
    role: 'ScheduleRole',
    input: JSON.stringify({ period, scheduledFor: '<aws.scheduler.scheduled-time>' }),
    ...{ maximumAge: 3600, attempts: 10 },
  });
}

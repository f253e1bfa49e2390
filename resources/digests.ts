import type { CompiledStage } from '../shared/stage/compiled.ts';

/** The schedules of the digests that the stage file asks for, in the zone of the stage. */
export function digests({ timezone, notify: { digest = {} } }: CompiledStage): Record<string, object> {
  const { daily, weekly, monthly } = digest;
  return {
    ...(daily !== undefined && { DailyDigestSchedule: schedule('daily', `${clock(daily)} * * ? *`, timezone) }),
    ...(weekly && {
      WeeklyDigestSchedule: schedule('weekly', `${clock(weekly.at)} ? * ${weekly.day.toUpperCase()} *`, timezone),
    }),
    ...(monthly !== undefined && { MonthlyDigestSchedule: schedule('monthly', `${clock(monthly)} 1 * ? *`, timezone) }),
  };
}

function clock(time: string): string {
  return `${Number(time.slice(3))} ${Number(time.slice(0, 2))}`;
}

function schedule(period: string, fields: string, timezone: string): object {
  return {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      GroupName: { Ref: 'ScheduleGroup' },
      Name: `${period}-digest`,
      Description: 'Says what happened, what was spent, and what a person should look at.',
      ScheduleExpression: `cron(${fields})`,
      ScheduleExpressionTimezone: timezone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': ['SendDigestLambdaFunction', 'Arn'] },
        RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] },
        Input: JSON.stringify({ period, scheduledFor: '<aws.scheduler.scheduled-time>' }),
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
      },
    },
  };
}

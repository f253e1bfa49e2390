import { firesOn } from '../shared/slots.ts';
import type { Calendar, Workload } from '../shared/stage/compiled.ts';
import type { Estate } from './estate.ts';

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** One schedule for each workload and minute of the hour, in the workload's own zone. */
export function schedules(estate: Estate): Record<string, object> {
  return Object.fromEntries(
    Object.entries(estate.workloads).flatMap(([name, workload]) =>
      crons(workload, estate.calendar).map(({ minute, expression }) => [
        `${logicalId(name)}At${minute}Schedule`,
        schedule(name, workload, minute, expression),
      ]),
    ),
  );
}

/** `02:00` and `09:00` fire together, `09:30` apart. */
function crons(workload: Workload, calendar: Calendar): { minute: string; expression: string }[] {
  const hoursOf = new Map<string, string[]>();
  for (const { time } of workload.at) {
    const [hour = '', minute = ''] = time.split(':');
    hoursOf.set(minute, [...(hoursOf.get(minute) ?? []), String(Number(hour))]);
  }
  const days = DAYS.filter((_, index) => firesOn(index + 1, workload.days, calendar));
  const when = days.length === 7 ? '* * ?' : `? * ${days.join(',')}`;
  return [...hoursOf].map(([minute, hours]) => ({
    minute,
    expression: `cron(${Number(minute)} ${hours.join(',')} ${when} *)`,
  }));
}

function schedule(name: string, workload: Workload, minute: string, expression: string): object {
  return {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      GroupName: { Ref: 'ScheduleGroup' },
      Name: `${name}-at-${minute}`,
      Description: `Starts ${name}; its holidays and overrides are looked at when it fires.`,
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: workload.timezone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { Ref: 'RunBatch' },
        RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] },
        Input: JSON.stringify({ workload: name, scheduledFor: '<aws.scheduler.scheduled-time>', by: 'schedule' }),
        // The default is 185 attempts over a day: a start that comes hours late is worse than one that is said to be lost.
        RetryPolicy: { MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 10 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['ScheduleDeadLetters', 'Arn'] } },
      },
    },
  };
}

/** A name of the stage file as a part of a logical id: `chat-app` is `ChatApp`. */
export function logicalId(name: string): string {
  return name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

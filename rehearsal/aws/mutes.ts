import { localTime } from '../../shared/time/slots.ts';
import { localInstant } from '../cron.ts';
import type { Template } from '../template.ts';

/** When some alarms tell nobody. */
interface Mute {
  alarms: string[];
  /** Days of the week, `SUN`; none is every day. */
  days: string[];
  /** Local time, `04:00`. */
  from: string;
  minutes: number;
  timezone: string;
}

interface Schedule {
  Expression: string;
  Duration: string;
  Timezone?: string;
}

const DAY_MS = 86_400_000;
const WEEK = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * The mute rules of a template: while one is active its alarms change their states, and nothing that they would do is done.
 *
 * @source CloudWatch API reference, PutAlarmMuteRule and Schedule: minute, hour, day of month, month, day of week; a duration
 * of ISO 8601. What becomes at its end of an alarm that is still off is not modelled: it stays unsaid.
 * @returns whether an alarm is muted at an instant
 */
export function mutesOf(template: Template): (alarm: string, now: number) => boolean {
  const mutes = template.of('AWS::CloudWatch::AlarmMuteRule').map(({ properties }) => {
    const { Schedule } = properties['Rule'] as { Schedule: Schedule };
    return muteOf(Schedule, (properties['MuteTargets'] as { AlarmNames: string[] }).AlarmNames);
  });
  return (alarm, now) => mutes.some((mute) => mute.alarms.includes(alarm) && isActive(mute, now));
}

function muteOf({ Expression, Duration, Timezone = 'UTC' }: Schedule, alarms: string[]): Mute {
  const [, minute = '', hour = '', week = ''] = /^cron\((\d+) (\d+) \* \* (\S+)\)$/.exec(Expression) ?? [];
  const [, minutes] = /^PT(\d+)M$/.exec(Duration) ?? [];
  if (!week || !minutes)
    throw new Error(
      `the rehearsal does not know the schedule ${Expression} for ${Duration}: add it to rehearsal/aws/mutes.ts`,
    );
  const days = week === '*' ? [] : week === 'MON-FRI' ? WEEK.slice(1, 6) : week.split(',');
  return {
    alarms,
    days,
    from: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`,
    minutes: Number(minutes),
    timezone: Timezone,
  };
}

/** Since today, or since yesterday. */
function isActive({ days, from, minutes, timezone }: Mute, now: number): boolean {
  return [now, now - DAY_MS].some((instant) => {
    const date = localTime(instant, timezone).slice(0, 10);
    const day = WEEK[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
    const start = localInstant(`${date}T${from}`, timezone);
    return (days.length === 0 || days.includes(day)) && now >= start && now < start + minutes * 60_000;
  });
}

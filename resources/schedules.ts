import type { Calendar, Workload } from '../shared/stage/compiled.ts';
import { type Weekly, weekly } from '../shared/time/planned.ts';
import type { Estate } from './estate.ts';
import { schedule } from './schedule.ts';

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** What a schedule starts, and how long EventBridge Scheduler may try to. */
const ACTS = {
  run: { verb: 'Starts', machine: 'RunBatch', maximumAge: 900 },
  start: { verb: 'Starts', machine: 'StartEnvironment', maximumAge: 900 },
  // Late is better than never: what is not stopped is paid for.
  stop: { verb: 'Stops', machine: 'StopEnvironment', maximumAge: 3600 },
};

interface Cron {
  act: Weekly['act'];
  minute: string;
  expression: string;
  /** Empty but for further crons of one act and minute, whose days differ. */
  number: string;
}

/** One schedule for each workload, act, minute of the hour and set of days, in the workload's own zone. */
export function schedules(estate: Estate): Record<string, object> {
  return Object.fromEntries(
    Object.entries(estate.workloads).flatMap(([name, workload]) =>
      crons(workload, estate.calendar).map((cron) => {
        const act = cron.act === 'run' ? '' : `${cron.act}-`;
        const suffix = `${act}at-${cron.minute}${cron.number && `-${cron.number}`}`;
        return [`${logicalId(`${name}-${suffix}`)}Schedule`, scheduleOf(name, workload, `${name}-${suffix}`, cron)];
      }),
    ),
  );
}

/** `02:00` and `09:00` fire together, `09:30` apart, and so does what fires on other days. */
function crons(workload: Workload, calendar: Calendar): Cron[] {
  const fires = weekly(workload, calendar).filter(({ days }) => days.length > 0);
  const byMinute = Map.groupBy(fires, ({ act, time }) => `${act} ${time.slice(3)}`);
  return [...byMinute.values()].flatMap((ofMinute) => {
    const byDays = Map.groupBy(ofMinute, ({ days }) => days.join());
    return [...byDays.values()].map((together, index) => ({
      act: together[0]?.act ?? 'run',
      minute: together[0]?.time.slice(3) ?? '',
      expression: expression(together),
      number: index ? String(index + 1) : '',
    }));
  });
}

/** Times of one minute and the same days. */
function expression(times: Weekly[]): string {
  const { days = [], time = '' } = times[0] ?? {};
  const hours = times.map((entry) => Number(entry.time.slice(0, 2))).join(',');
  const when = days.length === 7 ? '* * ?' : `? * ${days.map((day) => DAYS[day - 1]).join(',')}`;
  return `cron(${Number(time.slice(3))} ${hours} ${when} *)`;
}

function scheduleOf(workload: string, { timezone }: Workload, name: string, { act, expression }: Cron): object {
  const { verb, machine, maximumAge } = ACTS[act];
  return schedule({
    ...{ name, expression, timezone, maximumAge },
    description: `${verb} ${workload}; its holidays and overrides are looked at when it fires.`,
    target: { Ref: machine },
    role: 'ScheduleRole',
    input: JSON.stringify({
      workload,
      ...(act !== 'run' && { act }),
      scheduledFor: '<aws.scheduler.scheduled-time>',
      by: 'schedule',
    }),
    // A start that comes hours late is worse than one that is said to be lost.
    attempts: 10,
  });
}

/** A name of the stage file as a part of a logical id: `chat-app` is `ChatApp`. */
export function logicalId(name: string): string {
  return name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

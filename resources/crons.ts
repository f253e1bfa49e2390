import type { Weekly } from '../shared/time/planned.ts';

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** One expression of EventBridge Scheduler: what fires at one minute of some hours, on the same days. */
export interface Cron {
  act: Weekly['act'];
  minute: string;
  expression: string;
  /** Empty but for further crons of one act and minute, whose days differ. */
  number: string;
}

/** `02:00` and `09:00` fire together, `09:30` apart, and so does what fires on other days. */
export function crons(weekly: Weekly[]): Cron[] {
  const fires = weekly.filter(({ days }) => days.length > 0);
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

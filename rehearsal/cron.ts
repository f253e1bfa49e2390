import { Temporal } from 'temporal-polyfill';

/**
 * When a schedule of EventBridge Scheduler fires, one after the other: a year of a schedule that fires every few minutes
 * is long to compute, and few rehearsals last a year. Written apart from `shared/time/slots.ts` on purpose: the two are held
 * against each other by every rehearsal.
 *
 * @source EventBridge Scheduler user guide, "Schedule types": six fields; a time in a spring gap is skipped, a time
 * that occurs twice fires once; `at()` once; `rate()` counts from when the schedule was made.
 * @param from milliseconds since the epoch, inclusive; when the schedule was made
 * @param to milliseconds since the epoch, exclusive
 */
export function* firings(expression: string, timezone: string, from: number, to: number): Generator<number, void> {
  for (const instant of times(expression, timezone, from, to)) if (instant >= from && instant < to) yield instant;
}

/** On the days from one instant to the other. */
function* times(expression: string, timezone: string, from: number, to: number): Generator<number, void> {
  const [, kind, body = ''] = expression.match(/^(cron|at|rate)\((.*)\)$/) ?? [];
  if (kind === 'at') return yield localInstant(body, timezone);
  if (kind === 'rate') return yield* every(body, from, to);
  if (kind !== 'cron') throw new Error(`the rehearsal does not know the schedule expression ${expression}`);
  const [minutes = '', hours = '', days = '', months = '', weekdays = '', years = ''] = body.split(' ');
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone).toPlainDate();
  const end = Temporal.Instant.fromEpochMilliseconds(to).toZonedDateTimeISO(timezone).toPlainDate();
  for (let date = start; Temporal.PlainDate.compare(date, end) <= 0; date = date.add({ days: 1 })) {
    // Sunday is 1 for EventBridge, 7 for Temporal.
    const matches =
      fits(date.day, days, 1, 31) &&
      fits(date.month, months, 1, 12) &&
      fits((date.dayOfWeek % 7) + 1, weekdays, 1, 7) &&
      fits(date.year, years, 1970, 2199);
    if (!matches) continue;
    for (const hour of values(hours, 0, 23)) yield* minutesOf(date, hour, values(minutes, 0, 59), timezone);
  }
}

/** What of an hour there is: where it has its sixty minutes, they are counted, since a zone is slow to ask. */
function* minutesOf(
  date: Temporal.PlainDate,
  hour: number,
  minutes: number[],
  timezone: string,
): Generator<number, void> {
  const at = (minute: number) => {
    const wall = date.toPlainDateTime({ hour, minute });
    const zoned = wall.toZonedDateTime(timezone, { disambiguation: 'earlier' });
    return zoned.toPlainDateTime().equals(wall) ? zoned.epochMilliseconds : undefined;
  };
  const [first, last] = minutes.length > 2 ? [at(0), at(59)] : [];
  const isWhole = first !== undefined && last !== undefined && last - first === 59 * 60_000;
  for (const minute of minutes) {
    const instant = isWhole ? first + minute * 60_000 : at(minute);
    if (instant !== undefined) yield instant;
  }
}

const UNITS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** @param rate such as `10 minutes`; it counts from when the schedule was made */
function* every(rate: string, from: number, to: number): Generator<number, void> {
  const [, count, unit = ''] = rate.match(/^(\d+) (minute|hour|day)s?$/) ?? [];
  const step = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (!(step > 0)) throw new Error(`the rehearsal does not know the rate ${rate}`);
  for (let at = from; at < to; at += step) yield at;
}

const instants = new Map<string, number>();

/** A wall-clock time of a zone as an instant. Those of a scenario are asked for with every call. */
export function localInstant(time: string, timezone: string): number {
  const known = instants.get(`${time} ${timezone}`);
  if (known !== undefined) return known;
  const instant = Temporal.PlainDateTime.from(time).toZonedDateTime(timezone).epochMilliseconds;
  instants.set(`${time} ${timezone}`, instant);
  return instant;
}

const NAMES: Record<string, number> = { SUN: 1, MON: 2, TUE: 3, WED: 4, THU: 5, FRI: 6, SAT: 7 };

function fits(value: number, field: string, low: number, high: number): boolean {
  return field === '*' || field === '?' || values(field, low, high).includes(value);
}

function values(field: string, low: number, high: number): number[] {
  return field.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const [first = '', last] = range.split('-');
    const begin = range === '*' ? low : number(first);
    const end = range === '*' || (step && last === undefined) ? high : number(last ?? first);
    return Array.from(
      { length: Math.floor((end - begin) / Number(step ?? 1)) + 1 },
      (_, index) => begin + index * Number(step ?? 1),
    );
  });
}

function number(text: string): number {
  return NAMES[text] ?? Number(text);
}

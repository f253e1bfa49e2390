const MINUTE_MS = 60_000;
const UNITS = [
  ['day', 1_440],
  ['hour', 60],
  ['minute', 1],
] as const;

/** A moment as its reader would say it, in the reader's own zone. */
export interface Moment {
  /** `Monday 23 November at 09:00`; without the day where that is today. */
  time: string;
  /** `in 14 hours` */
  away: string;
  /** The reader's zone, `GMT+9`. */
  zone: string;
}

/**
 * @param at ISO 8601
 * @param language BCP 47
 * @param now milliseconds since the epoch
 */
export function momentOf(at: string, language: string, now: number): Moment {
  const instant = new Date(at);
  const isToday = instant.toDateString() === new Date(now).toDateString();
  const minutes = Math.round((instant.getTime() - now) / MINUTE_MS);
  const [unit, size] = UNITS.find(([, many]) => Math.abs(minutes) >= many) ?? ['minute', 1];
  return {
    time: new Intl.DateTimeFormat(language, {
      ...(!isToday && { weekday: 'long', month: 'long', day: 'numeric' }),
      ...{ hour: 'numeric', minute: '2-digit' },
    }).format(instant),
    away: new Intl.RelativeTimeFormat(language).format(Math.round(minutes / size), unit),
    zone: zoneOf(instant, language),
  };
}

/** @param now milliseconds since the epoch */
export function clock(now: number, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(now);
}

function zoneOf(instant: Date, language: string): string {
  const parts = new Intl.DateTimeFormat(language, { timeZoneName: 'short' }).formatToParts(instant);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

const MINUTE_MS = 60_000;
const UNITS = [
  ['day', 1_440],
  ['hour', 60],
  ['minute', 1],
] as const;

/**
 * A moment as its reader would say it, in the reader's own zone: `Monday 23 November at 09:00 GMT+9`, without the day where
 * that is today, and `in 14 hours`.
 *
 * @param at ISO 8601
 * @param language BCP 47
 * @param now milliseconds since the epoch
 */
export function momentOf(at: string, language: string, now: number): { time: string; away: string } {
  const instant = new Date(at);
  const isToday = instant.toDateString() === new Date(now).toDateString();
  const exact = (instant.getTime() - now) / MINUTE_MS;
  // Never none.
  const minutes = Math.sign(exact) * Math.ceil(Math.abs(exact));
  const [unit, size] = UNITS.find(([, many]) => Math.abs(minutes) >= many) ?? UNITS[2];
  return {
    time: instant.toLocaleString(language, {
      ...(!isToday && { weekday: 'long', month: 'long', day: 'numeric' }),
      ...{ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
    }),
    away: new Intl.RelativeTimeFormat(language).format(Math.round(minutes / size), unit),
  };
}

/** What the clocks of a zone show. */
export interface WallClock {
  /** `2026-11-02` */
  date: string;
  /** `02:30` */
  time: string;
  /** `+09:00` */
  offset: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * An instant as the clocks of a zone show it. Temporal could say it too, but would be a fifth of the functions that
 * only show a time.
 *
 * @param instant milliseconds since the epoch
 */
export function wallClock(instant: number, timezone: string): WallClock {
  const parts = Object.fromEntries(
    formatOf(timezone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts['year']}-${parts['month']}-${parts['day']}`,
    time: `${parts['hour']}:${parts['minute']}`,
    offset: parts['timeZoneName']?.replace('GMT', '') || '+00:00',
  };
}

/** An instant as people in the zone read it, `2026-11-21T02:00:00+09:00`. @param instant milliseconds since the epoch */
export function wallTime(instant: number, timezone: string): string {
  const { date, time, offset } = wallClock(instant, timezone);
  return `${date}T${time}:${new Date(instant).toISOString().slice(17, 19)}${offset}`;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en', {
    ...{ timeZone, timeZoneName: 'longOffset', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  });
  formats.set(timeZone, made);
  return made;
}

import { Temporal } from 'temporal-polyfill';
import { InvalidInput } from '../../shared/errors.ts';
import { dayOf, zoned } from '../../shared/time/slots.ts';

/**
 * An end as people write it, as an instant.
 *
 * @param until `22:00` (today), `2026-11-02T22:00`, or ISO 8601 with an offset
 * @param now milliseconds since the epoch
 * @returns milliseconds since the epoch
 * @throws InvalidInput when it is none of these, or has passed
 */
export function untilAt(until: string, timezone: string, now: number): number {
  const instant = parse(until, timezone, now);
  if (instant === undefined)
    throw new InvalidInput(`until: "${until}" is no time: write 22:00, 2026-11-02T22:00 or 2026-11-02T22:00+09:00`);
  if (instant <= now) throw new InvalidInput(`until: ${until} has passed`);
  return instant;
}

/** The next midnight in the zone, in milliseconds since the epoch. */
export function endOfDay(timezone: string, now: number): number {
  return dayOf(now, timezone).to;
}

function parse(until: string, timezone: string, now: number): number | undefined {
  try {
    if (/^\d\d:\d\d$/.test(until)) {
      const wall = zoned(now, timezone).toPlainDate().toPlainDateTime(Temporal.PlainTime.from(until));
      return wall.toZonedDateTime(timezone).epochMilliseconds;
    }
    if (/(Z|[+-]\d\d:?\d\d)$/i.test(until)) return Temporal.Instant.from(until).epochMilliseconds;
    // Temporal would take a local time with an offset or a zone that it then ignores.
    if (!/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(until)) return undefined;
    return Temporal.PlainDateTime.from(until).toZonedDateTime(timezone).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

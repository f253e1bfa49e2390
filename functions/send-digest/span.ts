import type { Span } from '../../shared/digest/digest.ts';
import { zoned } from '../../shared/time/slots.ts';
import type { Input } from './contract.ts';

/**
 * What a digest is about: the 24 hours or the seven days before it, or the month before.
 *
 * @param at when it was to come, in milliseconds since the epoch
 */
export function spanOf(period: Input['period'], at: number, timezone: string): Span {
  const end = zoned(at, timezone);
  const today = end.toPlainDate();
  if (period === 'monthly') {
    const first = today.with({ day: 1 });
    const before = first.subtract({ months: 1 });
    const midnight = (date: typeof first) => date.toZonedDateTime(timezone).epochMilliseconds;
    const days = { first: before.toString(), last: first.subtract({ days: 1 }).toString() };
    return { period, from: midnight(before), to: midnight(first), days };
  }
  const back = period === 'daily' ? 1 : 7;
  return {
    period,
    from: end.subtract({ days: back }).epochMilliseconds,
    to: at,
    // What was spent is kept by the local day; the last of them is not over yet.
    days: { first: today.subtract({ days: back - 1 }).toString(), last: today.toString() },
  };
}

import { localTime } from '../../shared/time/slots.ts';

/** Hours of the day, into the next one where `to` is not after `from`. */
export interface Quiet {
  from: string;
  to: string;
}

/** Whether an instant lies in quiet hours. */
export function isQuiet(instant: number, { from, to }: Quiet, timezone: string): boolean {
  const time = localTime(instant, timezone).slice(11, 16);
  return from < to ? from <= time && time < to : from <= time || time < to;
}

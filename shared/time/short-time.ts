/** A local time, short: without its date on the same day. @param at `2026-11-21T18:00:00+09:00` */
export function shortTime(at: string | undefined, today: string): string {
  if (!at) return '';
  return at.slice(0, 10) === today.slice(0, 10) ? at.slice(11, 16) : `${at.slice(5, 10)} ${at.slice(11, 16)}`;
}

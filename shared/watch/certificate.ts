const DAY_MS = 86_400_000;

/** People are told when the time comes that they asked for, and again with so many days left. */
const AGAIN = [7, 3, 1, 0];

/**
 * Whether to speak of a certificate now.
 *
 * @param told with how many days left it was spoken of last
 * @returns `days` is what was said last and is to be remembered; without it, it is far from its end
 */
export function judgeCertificate(
  endsAt: number,
  warnDays: number,
  told: number | undefined,
  now: number,
): { days?: number; change?: 'ending' | 'renewed' } {
  const left = Math.max(0, Math.floor((endsAt - now) / DAY_MS));
  if (left > warnDays) return told === undefined ? {} : { change: 'renewed' };
  if (told === undefined) return { days: left, change: 'ending' };
  const isDue = AGAIN.some((mark) => left <= mark && mark < told);
  return isDue ? { days: left, change: 'ending' } : { days: told };
}

import type { Answers } from './ask.ts';
import type { Status } from './status.ts';

/** A failure is looked at again so many times, so soon; then every half minute, as while all is well. */
const RETRIES = 3;
export const RETRY_MS = 5_000;
export const EVERY_MS = 30_000;

/**
 * How it is, by what was answered. The application itself knows best whether it is up. It counts as down at once where the
 * status says so too or nobody has seen it up; otherwise only after the retries, so that a lost request hides nothing.
 *
 * @param failures looks in a row that did not see it up, with this one
 * @param now milliseconds since the epoch
 */
export function judge(before: Status, { health, entry }: Answers, failures: number, now: number): Status {
  const { up = null, ...told } = entry ?? {};
  const isTriedAgain = failures <= RETRIES;
  const state = (): Status['state'] => {
    if (health ?? up) return 'up';
    if (up === false) return 'down';
    if (health === false) return before.state === 'up' && isTriedAgain ? 'up' : 'down';
    // Nobody can say: what was known holds for a while, or as long as it is closed by plan.
    return isTriedAgain || Date.parse(before.opensAt ?? '') > now ? before.state : 'unknown';
  };
  const next = state();
  // What was told holds until something else is; why it is up says nothing about why it does not answer.
  const isToldOfThis = entry ? next !== 'down' || up === false : next === before.state;
  return { ...(isToldOfThis && (entry ? told : before)), state: next };
}

/** Whether it was seen up, by those that can tell. */
export function isWell({ health, entry }: Answers): boolean {
  return health ?? entry?.up ?? false;
}

/** When to look again, in milliseconds. */
export function pause(failures: number, retryAfter: number): number {
  const usual = failures > 0 && failures <= RETRIES ? RETRY_MS : EVERY_MS;
  return Math.max(usual, Math.min(retryAfter, 300) * 1_000);
}

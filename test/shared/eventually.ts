import { setTimeout as sleep } from 'node:timers/promises';

type Seen<T> = T | false | undefined;

/**
 * Waits until something is there: its value, unless false or undefined. Generous, since the computer may be busy; a test
 * that fails waits this long.
 *
 * @throws Error that says what was waited for
 */
export async function eventually<T>(
  what: string,
  look: () => Seen<T> | Promise<Seen<T>>,
  { seconds = 60, everyMs = 50 } = {},
): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(everyMs)) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
  }
  throw new Error(`still not so after ${seconds} s: ${what}`);
}

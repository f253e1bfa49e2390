import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is there: its value, unless false or undefined. @throws Error after two minutes. */
export async function eventually<T>(what: string, look: () => Promise<T | false | undefined>): Promise<T> {
  const until = Date.now() + 120_000;
  while (Date.now() < until) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await sleep(200);
  }
  throw new Error(`never seen: ${what}`);
}

import { asError } from '../../shared/errors.ts';
import { type Notice, publish } from '../../shared/notices/notice.ts';

export const real = { publish };

/** So many notices are kept to be told later; of more the oldest would be news no more. */
const KEPT = 50;

/** Tells people, in order. @returns what could not be told, to be told in the next minute, and why */
export async function tellAll(
  notices: Notice[],
  { publish }: typeof real,
): Promise<{ told: Notice[]; untold: Notice[]; why?: Error }> {
  for (const [index, notice] of notices.entries()) {
    try {
      await publish(notice);
    } catch (thrown) {
      return { told: notices.slice(0, index), untold: notices.slice(index).slice(-KEPT), why: asError(thrown) };
    }
  }
  return { told: notices, untold: [] };
}

/** `crawl unreadable open` */
export function nameOf({ workload, cause, state }: Notice): string {
  return `${workload} ${cause} ${state}`;
}

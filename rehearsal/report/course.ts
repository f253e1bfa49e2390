import type { Journal } from '../journal.ts';

/** How a queue went, in equal parts of time from the rehearsal's first instant on: the most in each. */
export interface CourseReport {
  /** How long a part is. */
  minutes: number;
  /** Jobs that waited or were being done, as CloudWatch got it; `null` where it got nothing. */
  backlog: (number | null)[];
  /** Workers that were wanted. */
  workers: number[];
}

/** Parts that a picture can show: a day by the minute, a month by the half hour. */
const MOST = 1500;
const LENGTHS = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440];
const MINUTE = 60_000;

/** @param from milliseconds since the epoch */
export function courseOf(queue: string, { from, to }: { from: number; to: number }, journal: Journal): CourseReport {
  const minutes = LENGTHS.find((length) => (to - from) / (length * MINUTE) <= MOST) ?? 1440;
  const count = Math.ceil((to - from) / (minutes * MINUTE));
  const partOf = (at: number) => Math.floor((at - from) / (minutes * MINUTE));
  const backlog: (number | null)[] = Array(count).fill(null);
  for (const { queue: of, backlog: found, at } of journal.of('measured')) {
    const part = partOf(at);
    if (of === queue && found !== undefined && part < count) backlog[part] = Math.max(backlog[part] ?? 0, found);
  }
  return { minutes, backlog, workers: workersIn(queue, count, partOf, journal) };
}

function workersIn(queue: string, count: number, partOf: (at: number) => number, journal: Journal): number[] {
  const changes = journal.of('scaled').filter((change) => change.queue === queue && partOf(change.at) < count);
  const workers: number[] = Array(count).fill(0);
  let [wanted, next] = [0, 0];
  for (let part = 0; part < count; part++) {
    let most = wanted;
    for (let change = changes[next]; change && partOf(change.at) === part; change = changes[++next]) {
      wanted = change.to;
      most = Math.max(most, wanted);
    }
    workers[part] = most;
  }
  return workers;
}

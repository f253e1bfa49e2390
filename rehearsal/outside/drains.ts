import type { World } from '../world.ts';
import type { JobQueues, Rehearsed } from './job-queues.ts';

/** Jobs that came all at once, and when the last of them no longer waited. */
export interface Drain {
  queue: string;
  /** Milliseconds since the epoch. */
  at: number;
  jobs: number;
  begunAt?: number;
  /** When nothing was left in the queue. */
  emptyAt?: number;
}

const LOOK_MS = 5_000;

/** Watches the bursts of the scenario go, from when they come until the queue is empty. */
export function watchBursts(world: World, { all }: JobQueues): Drain[] {
  const drains: Drain[] = [];
  for (const queue of all)
    for (const { at, jobs } of queue.bursts) {
      const drain: Drain = { queue: queue.name, at, jobs };
      world.clock.at(at, () => {
        drains.push(drain);
        look(world, queue, drain);
      });
    }
  return drains;
}

function look(world: World, queue: Rehearsed, drain: Drain): void {
  const { oldestAt } = queue.jobs.counts();
  const { emptySince } = queue.jobs;
  if (oldestAt === undefined || oldestAt > drain.at) drain.begunAt ??= world.clock.now;
  if (emptySince !== undefined && emptySince >= drain.at) drain.emptyAt = emptySince;
  else world.clock.at(world.clock.now + LOOK_MS, () => look(world, queue, drain));
}

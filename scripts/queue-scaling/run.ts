import { EcsTasks } from '../../rehearsal/aws/ecs-tasks.ts';
import type { Load } from '../../rehearsal/outside/jobs/load.ts';
import { JobQueue } from '../../rehearsal/outside/jobs/queue.ts';
import type { Results } from '../../rehearsal/outside/jobs/tally.ts';
import { Random } from '../../rehearsal/random.ts';
import { keda } from './keda.ts';
import { scale } from './tend.ts';
import { Ticker } from './ticker.ts';
import { watched } from './watched.ts';
import type { Way } from './ways.ts';

export interface Course {
  start: number;
  end: number;
  load: Load;
  seed: number;
  /** Nobody measures anything then. */
  outage?: { from: number; to: number };
}

/** What came of a course with one way of scaling. */
export interface Outcome {
  jobs: Results;
  workerHours: number;
  /** The most tasks that ran at once. */
  peak: number;
  backlog: { mean: number; most: number };
  /** When fewer tasks than before were wanted. */
  scaledIn: number[];
  /** When the maximum began to be held down. */
  capped: number[];
  /** When nothing was left; undefined where something is. */
  emptySince?: number;
  /** Tasks that were killed while they did something. */
  killed: number;
}

/** Lets one way of scaling live through a course of jobs, with AWS's real delays. */
export function run(way: Way, { start, end, load, seed, outage }: Course): Outcome {
  const { queue: workload, by, isEarly = false } = way;
  const ticker = new Ticker(start);
  const queue = new JobQueue(ticker, new Random(seed), load);
  const { concurrency, stopTimeoutSeconds, longestJobSeconds, besides } = workload.workers;
  // They are on a server that is always there.
  if (besides > 0) queue.join('besides', besides);
  const isProtecting = longestJobSeconds > stopTimeoutSeconds;
  const tasks = new EcsTasks(ticker, new Random(seed + 1), queue, { concurrency, stopTimeoutSeconds, isProtecting });
  const { scaled, scaledIn, backlog } = watched(ticker, queue, tasks, isEarly);
  const isOut = () => outage !== undefined && ticker.now >= outage.from && ticker.now < outage.to;
  const scene = { ticker, queue, tasks, scaled, isOut, capped: [] };
  if (by === 'keda') keda(scene, workload.scaling);
  else scale(scene, way);
  ticker.runUntil(end);
  const { emptySince } = queue;
  return {
    ...{ jobs: queue.results(), workerHours: tasks.paidSeconds / 3600, peak: tasks.peak },
    ...{ backlog: backlog(), scaledIn, capped: scene.capped },
    ...(emptySince !== undefined && { emptySince }),
    killed: tasks.stops.filter(({ how, jobs }) => how === 'killed' && jobs > 0).length,
  };
}

import type { QueueWorkload, Scaling } from '../stage/compiled.ts';
import type { QueueMemory, WorkersSeen } from '../state/queues.ts';
import type { SeenQueue } from './judge.ts';
import type { Limits } from './limits.ts';
import { backlogOf, type Reading } from './reading.ts';
import type { Found } from './trouble.ts';
import { secondsPerJob } from './wanted.ts';

/** Where the stage file does not say how long jobs may wait. */
const WAIT_SECONDS = 600;

export function waitOf(scaling: Scaling): number {
  return scaling.by === 'backlog' ? scaling.waitSeconds : WAIT_SECONDS;
}

/** What is wrong with a queue in a minute, what is not, and of the rest nothing: nobody knows. */
export function findTroubles(
  before: QueueMemory,
  { sizing, workers, runaway }: QueueMemory,
  { read, service, held, isKept }: SeenQueue,
  queue: QueueWorkload,
  limits: Limits,
): Found {
  const reading = 'reading' in read ? read.reading : undefined;
  const isEmpty = sizing.empty > queue.scaling.emptyMinutes;
  return {
    unreadable: 'unreadable' in read && read.unreadable,
    service: !service ? 'absent' : service instanceof Error && `${service.name}: ${service.message}`,
    ...(workers && {
      stuck: isStuck(before.workers, workers) && ((service as { said?: string }).said ?? 'silent'),
    }),
    ...(reading &&
      workers && {
        overloaded:
          !held &&
          !runaway.capped &&
          workers.running >= limits.max &&
          isLate(reading, workers, sizing, queue) &&
          'late',
        idle: isEmpty && !isKept && workers.running > limits.min && 'empty',
      }),
    ...(reading && memoryOf(reading, queue)),
  };
}

/** More are asked for than run, and none has come in this minute. */
function isStuck(before: WorkersSeen | undefined, { running, desired }: WorkersSeen): boolean {
  return before !== undefined && desired > running && before.desired > before.running && running <= before.running;
}

/** Where nobody says how long the oldest has waited, what waits now will at least wait so long as it takes to do it all. */
function isLate(
  reading: Reading,
  { running }: WorkersSeen,
  sizing: QueueMemory['sizing'],
  { scaling, workers }: QueueWorkload,
): boolean {
  const work = backlogOf(reading) * secondsPerJob(sizing, workers);
  const atOnce = running * workers.concurrency + workers.besides;
  const waits = reading.oldestSeconds ?? (atOnce > 0 ? work / atOnce : 0);
  return reading.waiting + reading.due > 0 && waits > waitOf(scaling);
}

function memoryOf({ memoryPercent }: Reading, { clean }: QueueWorkload): Found {
  if (!clean || memoryPercent === undefined) return {};
  if (memoryPercent > clean.abovePercent) return { memory: 'full' };
  return { memory: false, cleaning: false };
}

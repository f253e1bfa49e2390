import { backlogOf, type Reading } from '../../shared/queues/reading.ts';
import type { CompiledStage, QueueWorkload } from '../../shared/stage/compiled.ts';
import { deployedQueue } from '../../shared/stage/deployed.ts';
import { type Facts, factsOf } from '../../shared/state/facts.ts';
import { getQueues, type QueueMemory } from '../../shared/state/queues.ts';
import { incidentsOf } from '../../shared/threads/incident.ts';
import { localTime } from '../../shared/time/slots.ts';
import { gateAsRead, wordAsRead } from './as-read.ts';
import type { QueueStatus } from './contract.ts';
import type { StageKnown } from './of-stage.ts';
import { heldBy } from './of-workload.ts';
import type { QueueFacts } from './queue-contract.ts';
import { todayOf } from './spending.ts';

export const ofAQueue = { getQueues, factsOf };

/** The last minute that was judged is from then on, or it was not looked at lately. */
const LATELY_MS = 5 * 60_000;

/** @param names those of the stage that are asked for; without any, nothing is asked */
export async function queuesAsRead(
  names: string[],
  stage: CompiledStage,
  ofStage: StageKnown,
  now: number,
  effects: typeof ofAQueue,
): Promise<[string, QueueStatus][]> {
  if (names.length === 0) return [];
  const [{ at, queues }, ...facts] = await Promise.all([
    effects.getQueues(),
    ...names.map((name) => effects.factsOf(name, now)),
  ]);
  return names.map((name, index) => {
    const memory = Object.hasOwn(queues, name) ? queues[name] : undefined;
    const known = { memory, lookedAt: at, facts: facts[index] ?? { words: [] } };
    return [name, queueAsRead(name, stage, known, ofStage, now)];
  });
}

function queueAsRead(
  name: string,
  stage: CompiledStage,
  { memory, lookedAt, facts }: { memory?: QueueMemory | undefined; lookedAt: number; facts: Facts },
  ofStage: StageKnown,
  now: number,
): QueueStatus {
  const queue = deployedQueue(name, stage);
  const today = todayOf(name, stage, ofStage);
  return {
    ...{ kind: 'queue', max: queue.scaling.max, ...nowOf(queue, memory, lookedAt, now) },
    ...(memory && rememberedOf(queue, memory, lookedAt)),
    held: [...heldBy(ofStage.facts, true), ...heldBy(facts, false)],
    words: facts.words.map((word) => wordAsRead(word, queue.timezone)),
    ...(facts.budget && { overBudget: gateAsRead(facts.budget, queue.timezone) }),
    incidents: incidentsOf(
      ofStage.threads.filter((thread) => thread.workload === name),
      stage.timezone,
    ),
    ...(today && { today }),
  };
}

/** What nobody has looked at lately is unknown, and not empty (law 8). */
function nowOf(
  { timezone }: QueueWorkload,
  memory: QueueMemory | undefined,
  lookedAt: number,
  now: number,
): Pick<QueueFacts, 'now' | 'why' | 'since'> {
  if (!memory || lookedAt < now - LATELY_MS) return { now: 'unknown', why: 'it was not looked at lately' };
  const { unreadable } = memory.troubles;
  if (unreadable) return { now: 'unreadable', why: unreadable.problem, since: localTime(unreadable.since, timezone) };
  if (!memory.reading) return { now: 'unknown', why: 'it was not read yet' };
  if (backlogOf(memory.reading) === 0) return { now: 'empty' };
  // Whether there are workers at all may not be known.
  return { now: memory.workers?.running === 0 ? 'waiting' : 'working' };
}

function rememberedOf({ timezone }: QueueWorkload, memory: QueueMemory, lookedAt: number): Partial<QueueFacts> {
  const { reading, workers, wanted, limits, today } = memory;
  const { capped } = memory.runaway;
  return {
    lookedAt: localTime(lookedAt, timezone),
    ...(reading && { depth: depthOf(reading, timezone) }),
    ...(workers && { workers }),
    ...(wanted !== undefined && { wanted }),
    ...(limits && {
      limits: { min: limits.min, max: limits.max, grows: !limits.outSuspended, shrinks: !limits.inSuspended },
    }),
    ...(capped && { capped: { since: localTime(capped.since, timezone), why: capped.why } }),
    ...(today && {
      done: {
        ...{ arrived: today.arrived, done: today.done, failed: today.failed, peak: today.peakWorkers },
        workerHours: Math.round(today.workerSeconds / 36) / 100,
      },
    }),
  };
}

function depthOf(reading: Reading, timezone: string): NonNullable<QueueFacts['depth']> {
  const { reasons: _, failures: __, at, ...jobs } = reading;
  return { ...jobs, at: localTime(at, timezone), backlog: backlogOf(reading) };
}

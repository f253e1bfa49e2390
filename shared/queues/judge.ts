import type { ServiceFacts } from '../aws/workers.ts';
import type { Calendar, QueueWorkload } from '../stage/compiled.ts';
import type { QueueMemory } from '../state/queues.ts';
import { addMinute, type QueueDay } from './day.ts';
import { floorOf } from './floor.ts';
import { findTroubles, waitOf } from './found.ts';
import type { Held } from './held.ts';
import { type Limits, limitsOf, within } from './limits.ts';
import type { Mark, Reading } from './reading.ts';
import { raised, riseOf } from './rise.ts';
import { judgeRunaway } from './runaway.ts';
import type { Found } from './trouble.ts';
import { secondsPerJob, size } from './wanted.ts';

/** What a minute shows of a queue. */
export interface SeenQueue {
  read: { reading: Reading; mark: Mark } | { unreadable: string };
  /** An error where ECS could not be asked; missing where it has no such service. */
  service?: ServiceFacts | Error;
  held?: Held;
  isKept: boolean;
}

export interface Judged {
  memory: QueueMemory;
  limits: Limits;
  found: Found;
  /** The day that is over. */
  over?: QueueDay;
  /** The maximum begins or ends to be held down. */
  runaway?: 'capped' | 'restored';
}

/**
 * Decides what a minute means for a queue's workers. Of what could not be read or seen nothing is decided: it stays as it
 * was.
 *
 * @param since the minute that was judged before; 0 when none was
 * @param now milliseconds since the epoch
 */
export function judgeQueue(
  before: QueueMemory,
  seen: SeenQueue,
  queue: QueueWorkload,
  calendar: Calendar,
  { since, now }: { since: number; now: number },
): Judged {
  const { held, isKept } = seen;
  const facts = seen.service instanceof Error ? undefined : seen.service;
  const reading = 'reading' in seen.read ? seen.read.reading : undefined;
  const sizing = reading ? sizingOf(before, reading, facts, queue, now) : before.sizing;
  const seconds = secondsPerJob(sizing, queue.workers);
  const guard = reading
    ? judgeRunaway(before.runaway, reading, facts?.running, queue, seconds)
    : { memory: before.runaway };
  const isCapped = guard.memory.capped !== undefined;
  const floor = floorOf(queue, calendar, now);
  const usual = limitsOf(queue, { floor, isCapped, isKept, isBlind: reading === undefined, ...(held && { held }) });
  // What is held of a burst that somebody else has worked off starts nobody.
  const most = sizing.empty > 0 && facts ? Math.min(sizing.wanted, facts.desired) : sizing.wanted;
  const wanted = reading && queue.scaling.by === 'backlog' ? within(usual, most) : undefined;
  // Where jobs fail, nobody is in a hurry.
  const isFailing = guard.memory.errors.minutes > 0;
  const rise = held || isFailing ? undefined : riseOf(before.rise, wanted, facts?.desired, now);
  const limits = raised(usual, rise);
  const { today, over } = addMinute(
    before.today,
    {
      ...{ now, before: since, isCapped },
      ...(reading && { reading }),
      ...(before.reading && { readBefore: before.reading.at }),
      ...(facts && { running: facts.running }),
    },
    queue.timezone,
  );
  const { workers: _, wanted: __, held: ___, isKept: ____, rise: _____, ...rest } = before;
  const memory: QueueMemory = {
    ...{ ...rest, sizing, runaway: guard.memory, today },
    ...('reading' in seen.read && { reading: remembered(seen.read.reading), mark: seen.read.mark }),
    ...(facts && { workers: { running: facts.running, pending: facts.pending, desired: facts.desired } }),
    ...(wanted !== undefined && { wanted }),
    ...(rise && { rise }),
    ...(held && { held }),
    ...(isKept && { isKept }),
  };
  return {
    ...{ memory, limits, found: findTroubles(before, memory, seen, queue, limits) },
    ...(over && { over }),
    ...(guard.change && { runaway: guard.change }),
  };
}

/** Also where others scale: what a job takes, and since when it is empty, is worth knowing of every queue. */
function sizingOf(
  { sizing }: QueueMemory,
  reading: Reading,
  facts: ServiceFacts | undefined,
  { scaling, workers }: QueueWorkload,
  now: number,
): QueueMemory['sizing'] {
  const begun = sizing.at === undefined && facts ? { ...sizing, wanted: facts.desired } : sizing;
  return size(begun, reading, { ...scaling, waitSeconds: waitOf(scaling) }, workers, now).memory;
}

function remembered({ reasons: _, ...reading }: Reading): Reading {
  return reading;
}

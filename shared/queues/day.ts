import { wallClock } from '../time/wall-clock.ts';
import { backlogOf, type Reading } from './reading.ts';

/** What a queue and its workers did on a local day. */
export interface QueueDay {
  /** `2026-11-02` */
  day: string;
  arrived: number;
  done: number;
  failed: number;
  /** Of tasks that ran, together. */
  workerSeconds: number;
  peakWorkers: number;
  peakBacklog: number;
  unreadableMinutes: number;
  cappedMinutes: number;
}

/** What is added of a minute; what nobody knows is left out. */
export interface MinuteOfQueue {
  now: number;
  /** The minute that was judged before. */
  before?: number;
  reading?: Reading;
  /** When the reading before was made: its rates are of the time since. */
  readBefore?: number;
  running?: number;
  isCapped: boolean;
}

/** So much of a gap is counted: what ran in a longer one is not known. */
const LONGEST_MS = 10 * 60_000;

/** Adds a minute. @returns the day as it is now, and the one that is over where a new one has begun */
export function addMinute(
  today: QueueDay | undefined,
  minute: MinuteOfQueue,
  timezone: string,
): { today: QueueDay; over?: QueueDay } {
  const day = wallClock(minute.now, timezone).date;
  const known = today?.day === day ? today : emptyDay(day);
  const { reading, running = 0, now } = minute;
  const ms = minute.before === undefined ? 0 : Math.min(LONGEST_MS, Math.max(0, now - minute.before));
  const minutes =
    reading && minute.readBefore !== undefined ? Math.max(0, (reading.at - minute.readBefore) / 60_000) : 0;
  return {
    today: {
      day,
      arrived: known.arrived + counted(reading?.arrivals, minutes),
      done: known.done + counted(reading?.completions, minutes),
      failed: known.failed + counted(reading?.failures, minutes),
      workerSeconds: known.workerSeconds + (running * ms) / 1000,
      peakWorkers: Math.max(known.peakWorkers, running),
      peakBacklog: Math.max(known.peakBacklog, reading ? backlogOf(reading) : 0),
      unreadableMinutes: known.unreadableMinutes + (reading ? 0 : 1),
      cappedMinutes: known.cappedMinutes + (minute.isCapped ? 1 : 0),
    },
    ...(today && today.day !== day && { over: today }),
  };
}

function emptyDay(day: string): QueueDay {
  return {
    ...{ day, arrived: 0, done: 0, failed: 0, workerSeconds: 0, peakWorkers: 0, peakBacklog: 0 },
    ...{ unreadableMinutes: 0, cappedMinutes: 0 },
  };
}

/** Rates are a minute; jobs are whole. */
function counted(rate: number | undefined, minutes: number): number {
  return Math.round((rate ?? 0) * minutes);
}

import type { Reading } from '../../../shared/queues/reading.ts';
import type { Counts } from './job.ts';
import type { JobQueue } from './queue.ts';

/**
 * A queue as a source tells it that knows everything.
 *
 * @param before what was counted the last time; without it nothing is said of what has happened since
 */
export function readingOf(queue: JobQueue, before: Counts | undefined): { reading: Reading; counts: Counts } {
  const counts = queue.counts();
  const { at, waiting, active, delayed, due, failed, oldestAt } = counts;
  const { memoryPercent } = queue.kept;
  const reasons = reasonsOf(queue.kept.last('failed', 20).map(({ reason = '' }) => reason));
  const reading: Reading = {
    ...(queue.isPaused ? { at, waiting: 0, due: 0, paused: waiting + due } : { at, waiting, due }),
    ...{ active, delayed, failed },
    oldestSeconds: oldestAt === undefined || queue.isPaused ? 0 : Math.round((at - oldestAt) / 1000),
    ...(before && since(before, counts)),
    ...(memoryPercent !== undefined && { memoryPercent }),
    ...(reasons.length > 0 && { reasons }),
  };
  return { reading, counts };
}

function since(before: Counts, now: Counts): Partial<Reading> {
  const minutes = (now.at - before.at) / 60_000;
  if (minutes <= 0) return {};
  const completions = now.ended.completed - before.ended.completed;
  const failures = now.ended.failed - before.ended.failed;
  const ended = completions + failures;
  return {
    arrivals: (now.added - before.added) / minutes,
    ...{ completions: completions / minutes, failures: failures / minutes },
    ...(ended > 0 && { errorPercent: (100 * failures) / ended }),
  };
}

function reasonsOf(all: string[]): { reason: string; times: number }[] {
  const times = new Map<string, number>();
  for (const reason of all) times.set(reason, (times.get(reason) ?? 0) + 1);
  return [...times]
    .map(([reason, count]) => ({ reason: reason.slice(0, 200), times: count }))
    .sort((a, b) => b.times - a.times)
    .slice(0, 5);
}

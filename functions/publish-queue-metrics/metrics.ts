import type { Metric } from '../../shared/queues/emf.ts';
import type { Outcome } from '../../shared/queues/read.ts';
import { backlogOf } from '../../shared/queues/reading.ts';

/** What is published of a queue: of one that could not be read nothing but that, since missing is not zero. */
export function metricsOf(outcome: Outcome): Partial<Record<Metric, number>> {
  if ('unreadable' in outcome) return { Unreadable: 1 };
  const { reading } = outcome;
  return {
    Waiting: reading.waiting,
    Active: reading.active,
    Delayed: reading.delayed,
    Due: reading.due,
    Failed: reading.failed,
    Backlog: backlogOf(reading),
    Arrivals: reading.arrivals,
    Completions: reading.completions,
    Failures: reading.failures,
    OldestAge: reading.oldestSeconds,
    ErrorRate: reading.errorPercent,
    RedisMemory: reading.memoryPercent,
  };
}

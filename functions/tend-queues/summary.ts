import { backlogOf } from '../../shared/queues/reading.ts';
import type { QueueMemory } from '../../shared/state/queues.ts';
import type { Output } from './contract.ts';

/** What was decided, in numbers. */
export function summaryOf(queues: Record<string, QueueMemory>): Output['queues'] {
  return Object.fromEntries(
    Object.entries(queues).map(([name, { reading, workers, wanted, limits, troubles }]) => [
      name,
      {
        ...(reading && !troubles.unreadable && { backlog: backlogOf(reading) }),
        ...(workers && { workers: workers.running }),
        ...(wanted !== undefined && { wanted }),
        ...(limits && { min: limits.min, max: limits.max }),
      },
    ]),
  );
}

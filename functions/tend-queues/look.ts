import { describeWorkers, nameOfService } from '../../shared/aws/workers.ts';
import { gatesOf } from '../../shared/queues/held.ts';
import type { SeenQueue } from '../../shared/queues/judge.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { factsOf } from '../../shared/state/facts.ts';
import type { QueueMemory } from '../../shared/state/queues.ts';
import { type ReadQueue, readAll, real as reads } from './read.ts';

export const real = { ...reads, describeWorkers, factsOf };

export type Look = SeenQueue & Pick<ReadQueue, 'source'>;

/**
 * Looks at every queue, its workers, and what people and the budget say of it.
 *
 * @param now milliseconds since the epoch
 */
export async function lookAtAll(
  { queues }: CompiledStage,
  before: Record<string, QueueMemory>,
  now: number,
  effects: typeof real,
): Promise<Record<string, Look>> {
  const names = Object.keys(queues);
  const [reads, services, ofStage, ...ofQueues] = await Promise.all([
    readAll(queues, before, effects),
    effects.describeWorkers(Object.values(queues).map(({ workers }) => workers)),
    effects.factsOf(undefined, now),
    ...names.map((name) => effects.factsOf(name, now)),
  ]);
  return Object.fromEntries(
    Object.entries(queues).map(([name, { workers }], index) => {
      const service = services.get(nameOfService(workers));
      const gates = gatesOf(ofStage, ofQueues[index] ?? { words: [] });
      return [name, { ...(reads[name] as ReadQueue), ...(service && { service }), ...gates }];
    }),
  );
}

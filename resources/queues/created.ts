import type { CompiledStage, CreatedWorkers, QueueWorkload } from '../../shared/stage/compiled.ts';
import { cluster } from './cluster.ts';
import { endpoints } from './endpoints.ts';
import { group } from './group.ts';
import { idsOf } from './ids.ts';
import { service } from './service.ts';
import { task } from './task.ts';
import { roles } from './worker-roles.ts';

/** A queue whose workers Lamplighter makes. */
export interface Making {
  stage: string;
  name: string;
  workers: QueueWorkload['workers'] & { create: CreatedWorkers };
  /** The clusters that the stage makes, by name: their logical ids. */
  clusters: Map<string, string>;
}

/** What is made for workers, each only where the stage file asks for it. */
export function created({ stage, queues }: Pick<CompiledStage, 'stage' | 'queues'>): Record<string, object> {
  const clusters = new Map(
    Object.entries(queues).flatMap(([name, { workers }]) =>
      workers.create?.cluster ? [[workers.cluster, idsOf(name).cluster] as const] : [],
    ),
  );
  const making = Object.entries(queues).flatMap(([name, { workers }]): Making[] =>
    workers.create ? [{ stage, name, workers: { ...workers, create: workers.create }, clusters }] : [],
  );
  return Object.assign(
    {},
    ...making.flatMap((one) => [cluster(one), roles(one), task(one), group(one), service(one), endpoints(one)]),
  );
}

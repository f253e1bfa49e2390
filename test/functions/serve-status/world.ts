import { statusNow } from '../../../functions/serve-status/now.ts';
import type { InstanceFacts } from '../../../shared/aws/instances.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import type { Key } from '../../../shared/state/batch.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { WorkloadNow } from '../../../shared/status/answers.ts';
import { anEnvironment, aStage, aWorkload, INSTANCE } from '../../shared/builders.ts';

/** Monday, 2 November 2026, 10:00 in Seoul. */
export const NOW = Date.parse('2026-11-02T10:00:00+09:00');
export const word = { by: 'ana', why: 'moving <house>', at: '2026-11-02T00:00:00Z' };

export interface World {
  now?: number;
  stage?: Partial<CompiledStage>;
  /** What the table holds; runs are there by themselves, and have the lease of their workload. */
  items?: (Key & Record<string, unknown>)[];
  runs?: Run[];
  /** What a query of older runs finds. */
  older?: Run[];
  instance?: Partial<InstanceFacts> | Error | 'none';
  stack?: string | Error;
  createdAt?: number;
}

/** What is told of a world in which everything is off. */
export async function told({
  now = NOW,
  stage = {},
  items = [],
  runs = [],
  older = [],
  instance = {},
  stack,
  createdAt = NOW,
}: World = {}) {
  const table = [
    ...runs.map((run) => ({ pk: `workload#${run.workload}`, sk: `run#${run.key}`, ...run })),
    ...runs.map(({ workload, key: holder }) => ({ pk: `workload#${workload}`, sk: 'lease', holder, until: 0 })),
    ...items,
  ];
  const asked: string[] = [];
  const answer = await statusNow({
    stage: () => aStage({ workloads: { nightly: aWorkload(), 'chat-app': anEnvironment() }, ...stage }),
    now: () => now,
    itemsOf: async <T>(keys: readonly Key[]) => {
      if (keys.length > 0) asked.push(`${keys.length} items`);
      const isAsked = (item: Key) => keys.some(({ pk, sk }) => pk === item.pk && sk === item.sk);
      return table.filter(isAsked) as unknown as (T & Key)[];
    },
    newestRuns: async (workload) => {
      asked.push(`runs of ${workload}`);
      return older.filter((run) => run.workload === workload);
    },
    describeInstances: async () => {
      if (instance instanceof Error) throw instance;
      if (instance === 'none') return new Map();
      return new Map([[INSTANCE, { state: 'stopped', type: 't3.medium', ...instance } as InstanceFacts]]);
    },
    describeStack: async () => {
      if (stack instanceof Error) throw stack;
      return stack === undefined ? undefined : { id: 'arn', status: stack, createdAt, parameters: {} };
    },
  });
  const of = (name: string) => answer.workloads.find((one) => one.name === name) as WorkloadNow;
  return { answer, of, asked };
}

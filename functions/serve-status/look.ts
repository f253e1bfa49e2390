import { describeInstances, type InstanceFacts } from '../../shared/aws/instances.ts';
import { describeStack } from '../../shared/aws/stacks.ts';
import { asError } from '../../shared/errors.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { batches, environments } from '../../shared/stage/kinds.ts';
import type { WorkloadStatus } from '../show-status/contract.ts';
import { OF_INSTANCE, ofStack } from '../show-status/look.ts';

export const eyes = { describeInstances, describeStack };

/** How something is in AWS; where AWS could not be asked, what went wrong (law 8). */
export type Seen = { now: WorkloadStatus['now']; since?: number | undefined; problem?: string };

/** How every batch and environment is: one question for all instances, one for each stack. */
export async function lookAtAll(stage: CompiledStage, effects: typeof eyes): Promise<Map<string, Seen>> {
  const [instances, ...stacks] = await Promise.all([
    instancesOf(stage, effects),
    ...environments(stage).map(
      async ([name, { stack }]): Promise<[string, Seen]> => [
        name,
        await orUnknown(name, async () => {
          const { status = 'absent', createdAt } = (await effects.describeStack(stack.name)) ?? {};
          return { now: ofStack(status), since: createdAt };
        }),
      ],
    ),
  ]);
  return new Map([...instances, ...stacks]);
}

async function instancesOf(stage: CompiledStage, effects: typeof eyes): Promise<[string, Seen][]> {
  const all = batches(stage);
  if (all.length === 0) return [];
  const ids = [...new Set(all.map(([, { instance }]) => instance.id))];
  let found: Map<string, InstanceFacts> | undefined;
  const problem = await orUnknown('instances', async () => {
    found = await effects.describeInstances(ids);
    return { now: 'unknown' };
  });
  return all.map(([name, { instance }]) => [name, found ? ofInstance(found.get(instance.id)) : problem]);
}

function ofInstance(found: InstanceFacts | undefined): Seen {
  if (!found) return { now: 'missing' };
  const now = OF_INSTANCE[found.state];
  return { now, since: now === 'on' || now === 'starting' ? found.launchedAt : found.stoppedAt };
}

/** What went wrong is in the log, and not on the page. */
async function orUnknown(of: string, look: () => Promise<Seen>): Promise<Seen> {
  try {
    return await look();
  } catch (error) {
    const { name, message } = asError(error);
    console.error(JSON.stringify({ error: name, message, of }));
    return { now: 'unknown', problem: `${name}: ${message}` };
  }
}

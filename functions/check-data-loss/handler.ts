import { NESTED_STACK, stackResources, templateOf } from '../../shared/aws/stacks.ts';
import { DataWouldBeLost, InvalidInput } from '../../shared/errors.ts';
import { deployedStage, deployedWorkload } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { lossesOf } from './stateful.ts';

const real = { stage: deployedStage, stackResources, templateOf };

/** Refuses the deletion of a stack, with its nested stacks, that would lose data which nobody gave up. */
export async function checkDataLoss({ workload: name, stackId }: Input, effects = real): Promise<Output> {
  const workload = deployedWorkload(name, effects.stage());
  if (workload.kind !== 'environment') throw new InvalidInput(`workload: ${name} is no environment`);
  const lost = await lostWith(stackId, '', effects);
  const kept = lost.filter(({ path }) => !workload.dataLoss.includes(path));
  if (kept.length > 0)
    throw new DataWouldBeLost(
      `${kept.map(({ path, type, policy }) => `${path} (${type}, DeletionPolicy ${policy})`).join(', ')}: ` +
        'give it the DeletionPolicy Snapshot or Retain in its template, or name it under dataLoss.accepted in the stage file',
    );
  return { givenUp: lost.map(({ path }) => path) };
}

/** What is there, holds data, and would go; a resource that was deleted before cannot be lost again. */
async function lostWith(
  stackId: string,
  path: string,
  effects: typeof real,
): Promise<{ path: string; type: string; policy: string }[]> {
  const resources = await effects.stackResources(stackId);
  const there = new Set(resources.map(({ logicalId }) => logicalId));
  const own = lossesOf(await effects.templateOf(stackId))
    .filter(({ logicalId }) => there.has(logicalId))
    .map(({ logicalId, type, policy }) => ({ path: `${path}${logicalId}`, type, policy }));
  const nested = resources.filter(({ type, physicalId }) => type === NESTED_STACK && physicalId);
  const inner = await Promise.all(
    nested.map(({ logicalId, physicalId = '' }) => lostWith(physicalId, `${path}${logicalId}/`, effects)),
  );
  return [...own, ...inner.flat()];
}

export const handler = wrap(input, checkDataLoss);

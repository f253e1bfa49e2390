import { describeStack } from '../../shared/aws/stacks.ts';
import { InvalidInput } from '../../shared/errors.ts';
import { deployedStage, deployedWorkload } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { newestTag } from './newest.ts';

const real = { stage: deployedStage, describeStack, newestTag };

/** Finds the newest images and makes the stack's parameters of them: all of them, or a named error and none. */
export async function lookUpImageTags({ workload: name, stackId }: Input, effects = real): Promise<Output> {
  const workload = deployedWorkload(name, effects.stage());
  if (workload.kind !== 'environment') throw new InvalidInput(`workload: ${name} is no environment`);
  const found = await Promise.all(
    workload.images.map(async ({ repository, tag, parameters }) => {
      const newest = await effects.newestTag(repository, tag);
      return parameters.map((parameter) => [parameter, newest] as const);
    }),
  );
  const images = Object.fromEntries(found.flat());
  const current = stackId ? ((await effects.describeStack(stackId))?.parameters ?? {}) : undefined;
  const values = { ...workload.stack.parameters, ...images };
  // Of a stack that is up only the images change: what somebody else deployed stays as it is.
  const kept = Object.keys(current ?? {}).filter((key) => !(key in images));
  return {
    parameters: current
      ? [...kept.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })), ...asParameters(images)]
      : asParameters(values),
    images,
    isNewer: current === undefined || Object.entries(images).some(([key, tag]) => current[key] !== tag),
  };
}

function asParameters(values: Record<string, string>): { ParameterKey: string; ParameterValue: string }[] {
  return Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
}

export const handler = wrap(input, lookUpImageTags);

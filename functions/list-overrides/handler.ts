import { deployedStage } from '../../shared/stage/deployed.ts';
import { type Override, overridesOf } from '../../shared/state/overrides.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input } from './contract.ts';

/** What people have said that holds now: on the stage (without a workload), and on each workload. */
export async function listOverrides(
  _event: Input,
  effects = { overridesOf, stage: deployedStage },
): Promise<{ overrides: (Override & { workload?: string })[] }> {
  const names = [undefined, ...Object.keys(effects.stage().workloads)];
  const found = await Promise.all(
    names.map(async (workload) =>
      (await effects.overridesOf(workload)).map(({ act, by, why, at, until }) => ({
        ...(workload && { workload }),
        ...{ act, by, why, at },
        ...(until && { until }),
      })),
    ),
  );
  return { overrides: found.flat() };
}

export const handler = wrap(input, listOverrides);

import { InvalidInput } from '../../shared/errors.ts';
import { isChained } from '../../shared/pipeline/chain.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import type { Input, PipelinePlan } from './contract.ts';
import type { NameOfRun } from './plan.ts';

/** Which execution of a run it is, counted from 1, and when it begins. */
export interface Begun {
  generation: number;
  /** ISO 8601 */
  at: string;
}

/** The plan of a run of a pipeline. @throws InvalidInput for a step that it has not */
export function planPipeline(
  stage: string,
  workload: PipelineWorkload,
  { request: { again, next } }: Pick<Input, 'request'>,
  name: NameOfRun,
  { generation, at }: Begun = { generation: 1, at: name.admittedAt },
): PipelinePlan {
  const { from } = again ?? {};
  if (from !== undefined && !Object.hasOwn(workload.steps, from))
    throw new InvalidInput(`again.from: ${name.workload} has no step ${from}; it has: ${Object.keys(workload.steps)}`);
  // Until then it may wait for the run before, so that days that are made up for come one after the other.
  const waitUntil = after(name.admittedAt, workload.deadlineSeconds);
  const hasWaited = isChained(name) ? Date.parse(waitUntil) : 0;
  const { warnSeconds } = workload.duration;
  const { workload: of, key } = name;
  return {
    kind: 'pipeline',
    ...name,
    ...{ startedAt: at, waitUntil, generation },
    deadlineAt: after(at, workload.deadlineSeconds),
    ...(again && { again }),
    ...(next && { next }),
    ...(warnSeconds && {
      watch: {
        name: `${stage}-${of}-${key.replace(/\D/g, '')}-${generation}`,
        expression: `at(${after(at, warnSeconds).slice(0, 19)})`,
        input: JSON.stringify({ check: 'duration', workload: of, key, generation }),
      },
    }),
  };
}

function after(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}

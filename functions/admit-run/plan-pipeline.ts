import { InvalidInput } from '../../shared/errors.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import type { Input, PipelinePlan } from './contract.ts';
import type { NameOfRun } from './plan.ts';

/** Which execution of a run it is, counted from 1, and when it begins in earnest; that is not known while it may wait. */
export interface Begun {
  generation: number;
  /** ISO 8601 */
  at?: string;
}

/** The plan of a run of a pipeline. @throws InvalidInput for a step that it has not */
export function planPipeline(
  workload: PipelineWorkload,
  { request: { again, next } }: Pick<Input, 'request'>,
  name: NameOfRun,
  { generation, at }: Begun = { generation: 1 },
): PipelinePlan {
  const { from } = again ?? {};
  if (from !== undefined && !Object.hasOwn(workload.steps, from))
    throw new InvalidInput(
      `again.from: ${name.workload} has no step ${from}; it has: ${Object.keys(workload.steps).join(', ')}`,
    );
  const { workload: of, key, admittedAt } = name;
  const waitUntil = after(admittedAt, workload.deadlineSeconds);
  const startedAt = at ?? admittedAt;
  const { warnSeconds } = workload.duration;
  return {
    kind: 'pipeline',
    ...name,
    ...{ startedAt, waitUntil, generation },
    deadlineAt: after(at === undefined && mayWait(name, workload) ? waitUntil : startedAt, workload.deadlineSeconds),
    ...(again && { again }),
    ...(next && { next }),
    ...(warnSeconds && {
      watch: {
        name: `${of}-watch-${key.replace(/\D/g, '')}-${generation}`,
        expression: `at(${after(startedAt, warnSeconds).slice(0, 19)})`,
        input: JSON.stringify({ check: 'duration', workload: of, key, generation }),
      },
    }),
  };
}

/** Whether it was started by the pipeline that it comes after: it waits for its own run of another day. */
export function mayWait({ by }: Pick<NameOfRun, 'by'>, { after: first }: PipelineWorkload): boolean {
  return by === first;
}

function after(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}

import type { CompiledStage, Workload } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import { slotKey } from '../../shared/time/slots.ts';
import type { Input, Plan } from './contract.ts';
import { planBatch } from './plan-batch.ts';
import { planEnvironment } from './plan-environment.ts';
import { type Begun, planPipeline } from './plan-pipeline.ts';

/**
 * Everything that the machine needs to know about a run, decided once.
 *
 * @param begun which execution of a pipeline's run it is, and when: one that waits for another begins later
 * @throws InvalidInput when this workload cannot be asked for that
 */
export function planRun(stage: CompiledStage, workload: Workload, input: Input, begun?: Begun): Plan {
  const name = nameOf(input, workload.timezone);
  if (workload.kind === 'pipeline') return planPipeline(workload, input, name, begun);
  return workload.kind === 'batch' ? planBatch(stage, workload, input, name) : planEnvironment(workload, input, name);
}

/** What the record keeps of the plan. */
export function recordOf(run: Plan): Run {
  const { kind, workload, key, scheduledFor, execution, by, admittedAt, deadlineAt } = run;
  return {
    ...{ kind, workload, key, scheduledFor, execution, by, admittedAt, deadlineAt, status: 'running' },
    ...ofKind(run),
  };
}

function ofKind(run: Plan): Partial<Run> {
  if (run.kind === 'batch') return { instanceId: run.instanceId, safetyStop: run.safetyStop.name };
  if (run.kind === 'environment') return { act: run.act, ...(run.retryOf && { retryOf: run.retryOf }) };
  const { startedAt, generation, again, next } = run;
  return { startedAt, generation, ...(again && { again }), ...(next && { next }) };
}

/** What names a run; by hand its key goes to the second. A retried Admit gives the same names. */
export function nameOf({ request, execution, startedAt }: Omit<Input, 'act'>, timezone: string): NameOfRun {
  const scheduledFor = request.scheduledFor ?? startedAt;
  const second = request.scheduledFor ? '' : startedAt.slice(16, 19);
  return {
    workload: request.workload,
    key: request.key ?? slotKey(scheduledFor, timezone) + second,
    scheduledFor: new Date(scheduledFor).toISOString(),
    execution,
    by: request.by,
    admittedAt: startedAt,
  };
}

export type NameOfRun = Pick<Plan, 'workload' | 'key' | 'scheduledFor' | 'execution' | 'by' | 'admittedAt'>;

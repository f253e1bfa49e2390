import { InvalidInput } from '../../shared/errors.ts';
import type { CompiledStage, Workload } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import { slotKey } from '../../shared/time/slots.ts';
import type { Input, Plan } from './contract.ts';
import { planBatch } from './plan-batch.ts';
import { planEnvironment } from './plan-environment.ts';

/**
 * Everything that the machine needs to know about a run, decided once.
 *
 * @throws InvalidInput when this workload cannot be asked for that
 */
export function planRun(stage: CompiledStage, workload: Workload, input: Input): Plan {
  const name = nameOf(input, workload.timezone);
  if (workload.kind === 'pipeline') throw new InvalidInput(`${name.workload}: nothing plans a pipeline`);
  return workload.kind === 'batch' ? planBatch(stage, workload, input, name) : planEnvironment(workload, input, name);
}

/** What the record keeps of the plan. */
export function recordOf(run: Plan): Run {
  const { kind, workload, key, scheduledFor, execution, by, admittedAt, deadlineAt } = run;
  return {
    ...{ kind, workload, key, scheduledFor, execution, by, admittedAt, deadlineAt, status: 'running' },
    ...(run.kind === 'batch'
      ? { instanceId: run.instanceId, safetyStop: run.safetyStop.name }
      : { act: run.act, ...(run.retryOf && { retryOf: run.retryOf }) }),
  };
}

/** What names a run; by hand its key goes to the second. A retried Admit gives the same names. */
function nameOf({ request, execution, startedAt }: Input, timezone: string): NameOfRun {
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

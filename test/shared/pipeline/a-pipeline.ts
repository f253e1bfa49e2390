import type { CompiledStage, PipelineStep, PipelineWorkload, StepWork } from '../../../shared/stage/compiled.ts';
import { aStage } from '../builders.ts';

/** A run of `collection`, on a Monday at 16:30 in Seoul. */
export const RUN = {
  workload: 'collection',
  key: '2026-11-23T16:30',
  scheduledFor: '2026-11-23T07:30:00.000Z',
  deadlineAt: '2026-11-23T08:00:05.000Z',
  generation: 1,
};

export const SERVER = 'mi-0123456789abcdef0';

export const COMMAND: StepWork = { by: 'command', on: SERVER, command: './collect.sh', environment: {} };

export function aStep(work: StepWork = COMMAND, step: Partial<PipelineStep> = {}): PipelineStep {
  return {
    needs: [],
    work,
    retry: { times: 0, waitSeconds: 10, backoff: 2 },
    deadlineSeconds: 300,
    expect: {},
    ...step,
  };
}

/** A stage with the pipeline `collection` of these steps. */
export function aPipelineStage(steps: Record<string, PipelineStep>): CompiledStage {
  const collection: PipelineWorkload = {
    ...{ kind: 'pipeline', timezone: 'Asia/Seoul', at: [{ time: '16:30' }], days: 'weekdays', closed: {} },
    ...{
      deadlineSeconds: 1800,
      startWithinSeconds: 3600,
      breakerFailures: 5,
      begunWithinSeconds: 300,
      catchUp: 'none',
    },
    ...{ steps, duration: {} },
  };
  return aStage({ workloads: { collection } });
}

import type { CompiledStage, PipelineStep, StepWork } from '../../../shared/stage/compiled.ts';
import { aStage } from '../builders.ts';
import { aPipeline, DUE, OVER, aStep as ofNeeds, RUN_KEY } from './a-run.ts';

/** A run of `collection`, as the functions of its steps are told of it. */
export const RUN = { workload: 'collection', key: RUN_KEY, scheduledFor: DUE, deadlineAt: OVER, generation: 1 };

export const SERVER = 'mi-0123456789abcdef0';

export const COMMAND: StepWork = { by: 'command', on: SERVER, command: './collect.sh', environment: {} };

export function aStep(work: StepWork = COMMAND, step: Partial<PipelineStep> = {}): PipelineStep {
  return ofNeeds([], { work, ...step });
}

/** A stage with the pipeline `collection` of these steps. */
export function aPipelineStage(steps: Record<string, PipelineStep>): CompiledStage {
  return aStage({ workloads: { collection: aPipeline({ steps, duration: {} }) } });
}

import type { CompiledStage, PipelineStep, PipelineWorkload } from '../../shared/stage/compiled.ts';
import { isPipeline } from '../../shared/stage/kinds.ts';

/**
 * The stage with its commands as they can run here: by the user who runs this, in one folder, and with secrets that are
 * in the environment and not in AWS.
 */
export function localized(stage: CompiledStage, folder: string): CompiledStage {
  const workloads = Object.entries(stage.workloads).map(([name, workload]) => [
    name,
    isPipeline(workload) ? ofPipeline(workload, folder) : workload,
  ]);
  return { ...stage, workloads: Object.fromEntries(workloads) };
}

function ofPipeline(pipeline: PipelineWorkload, folder: string): PipelineWorkload {
  const steps = Object.entries(pipeline.steps).map(([name, step]) => [name, ofStep(step, folder)]);
  return { ...pipeline, steps: Object.fromEntries(steps) };
}

function ofStep(step: PipelineStep, folder: string): PipelineStep {
  if (step.work.by !== 'command') return step;
  const { user: _, environment, ...work } = step.work;
  const plain = Object.entries(environment).filter(([, value]) => !value.startsWith('ssm:'));
  return { ...step, work: { ...work, cwd: folder, environment: Object.fromEntries(plain) } };
}

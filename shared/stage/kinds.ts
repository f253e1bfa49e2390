import type { BatchWorkload, CompiledStage, EnvironmentWorkload, PipelineWorkload, Workload } from './compiled.ts';

/** The workloads of one kind, with their names. */
export function batches({ workloads }: Pick<CompiledStage, 'workloads'>): [string, BatchWorkload][] {
  return Object.entries(workloads).filter((entry): entry is [string, BatchWorkload] => entry[1].kind === 'batch');
}

export function environments({ workloads }: Pick<CompiledStage, 'workloads'>): [string, EnvironmentWorkload][] {
  return Object.entries(workloads).filter(
    (entry): entry is [string, EnvironmentWorkload] => entry[1].kind === 'environment',
  );
}

export function pipelines({ workloads }: Pick<CompiledStage, 'workloads'>): [string, PipelineWorkload][] {
  return Object.entries(workloads).filter((entry): entry is [string, PipelineWorkload] => entry[1].kind === 'pipeline');
}

export function isBatch(workload: Workload | undefined): workload is BatchWorkload {
  return workload?.kind === 'batch';
}

export function isEnvironment(workload: Workload | undefined): workload is EnvironmentWorkload {
  return workload?.kind === 'environment';
}

export function isPipeline(workload: Workload | undefined): workload is PipelineWorkload {
  return workload?.kind === 'pipeline';
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationMissing, UnknownWorkload } from '../errors.ts';
import type {
  CompiledStage,
  PipelineStep,
  PipelineWorkload,
  QueueWorkload,
  ServiceWorkload,
  Workload,
} from './compiled.ts';
import { pipelines } from './kinds.ts';

const read = new Map<string, CompiledStage>();

/**
 * The stage that this function was deployed with: `stage.json` of its zip, read once.
 *
 * @throws ConfigurationMissing when the file is not there.
 */
export function deployedStage(): CompiledStage {
  const file = stageFile();
  const known = read.get(file);
  if (known) return known;
  const stage = JSON.parse(readText(file)) as CompiledStage;
  read.set(file, stage);
  return stage;
}

/**
 * One workload of the deployed stage.
 *
 * @throws UnknownWorkload naming what exists.
 */
export function deployedWorkload(name: string, stage: CompiledStage = deployedStage()): Workload {
  const workload = Object.hasOwn(stage.workloads, name) ? stage.workloads[name] : undefined;
  if (workload) return workload;
  const known = Object.keys(stage.workloads).join(', ') || 'none';
  throw new UnknownWorkload(`stage ${stage.stage} has no workload "${name}"; it has: ${known}`);
}

/** A pipeline of the deployed stage. @throws UnknownWorkload naming what exists */
export function deployedPipeline(name: string, stage: CompiledStage = deployedStage()): PipelineWorkload {
  const workload = Object.hasOwn(stage.workloads, name) ? stage.workloads[name] : undefined;
  if (workload?.kind === 'pipeline') return workload;
  const known = pipelines(stage).map(([other]) => other);
  throw new UnknownWorkload(`stage ${stage.stage} has no pipeline "${name}"; it has: ${known.join(', ') || 'none'}`);
}

/** A step of a pipeline of the deployed stage. @throws UnknownWorkload naming what exists */
export function deployedPipelineStep(name: string, step: string, stage: CompiledStage = deployedStage()): PipelineStep {
  const { steps } = deployedPipeline(name, stage);
  const found = Object.hasOwn(steps, step) ? steps[step] : undefined;
  if (found) return found;
  const known = Object.keys(steps).join(', ');
  throw new UnknownWorkload(`${name} of stage ${stage.stage} has no step "${step}"; it has: ${known}`);
}

/** A service of the deployed stage. @throws UnknownWorkload naming what exists */
export function deployedService(name: string, { stage, services }: CompiledStage = deployedStage()): ServiceWorkload {
  const service = Object.hasOwn(services, name) ? services[name] : undefined;
  if (service) return service;
  const known = Object.keys(services).join(', ') || 'none';
  throw new UnknownWorkload(`stage ${stage} has no service "${name}"; it has: ${known}`);
}

/** A queue of the deployed stage. @throws UnknownWorkload naming what exists */
export function deployedQueue(name: string, { stage, queues }: CompiledStage = deployedStage()): QueueWorkload {
  const queue = Object.hasOwn(queues, name) ? queues[name] : undefined;
  if (queue) return queue;
  const known = Object.keys(queues).join(', ') || 'none';
  throw new UnknownWorkload(`stage ${stage} has no queue "${name}"; it has: ${known}`);
}

function stageFile(): string {
  return resolve(process.env['STAGE_FILE'] ?? '.lamplighter/stage.json');
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationMissing(`the compiled stage is not at ${file}: package the service again`, { cause: error });
  }
}

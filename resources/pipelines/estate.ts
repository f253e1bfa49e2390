import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { pipelines } from '../../shared/stage/kinds.ts';
import { secretsOfSteps } from '../../shared/stage/pipeline-secrets.ts';
import { arn, distinct, parameter, type Sub } from '../arns.ts';
import { machineName } from './ids.ts';

/** What IAM and resources are told of pipelines; each is empty where there are none. */
export interface PipelinesEstate {
  pipelineMachineArns: Sub[];
  pipelineExecutionArns: Sub[];
  /** The secrets of calls by HTTP and of Airflow. */
  pipelineSecretArns: Sub[];
  /** The clusters in which steps run tasks, those tasks, and `*` where there are any: what lists them has no other name. */
  pipelineClusterArns: Sub[];
  pipelineTaskArns: Sub[];
  pipelineTaskLists: string[];
}

/** By their names: machines and functions may name each other then. */
export function ofPipelines(compiled: CompiledStage): PipelinesEstate {
  const all = pipelines(compiled);
  const steps = all.flatMap(([, pipeline]) => Object.values(pipeline.steps));
  const clusters = [...new Set(steps.flatMap(({ work }) => (work.by === 'task' ? [work.cluster] : [])))];
  const names = all.map(([name]) => machineName(compiled.stage, name));
  return {
    pipelineMachineArns: names.map((name) => arn('states', `stateMachine:${name}`)),
    pipelineExecutionArns: names.map((name) => arn('states', `execution:${name}:*`)),
    pipelineSecretArns: distinct(all.flatMap(([, pipeline]) => secretsOfSteps(pipeline).map(parameter))),
    pipelineClusterArns: clusters.map((cluster) => arn('ecs', `cluster/${cluster}`)),
    pipelineTaskArns: clusters.map((cluster) => arn('ecs', `task/${cluster}/*`)),
    pipelineTaskLists: clusters.length > 0 ? ['*'] : [],
  };
}

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
}

/** By their names: machines and functions may name each other then. */
export function ofPipelines(compiled: CompiledStage): PipelinesEstate {
  const all = pipelines(compiled);
  const names = all.map(([name]) => machineName(compiled.stage, name));
  return {
    pipelineMachineArns: names.map((name) => arn('states', `stateMachine:${name}`)),
    pipelineExecutionArns: names.map((name) => arn('states', `execution:${name}:*`)),
    pipelineSecretArns: distinct(all.flatMap(([, pipeline]) => secretsOfSteps(pipeline).map(parameter))),
  };
}

import type { CompiledStage, StepWork } from '../stage/compiled.ts';
import { deployedPipelineStep } from '../stage/deployed.ts';
import { stepCommand } from './command.ts';

/** What a step has to know of the run that it is part of. */
export interface OfRun {
  workload: string;
  key: string;
  scheduledFor: string;
  /** Counted from 1: the execution of the run that this is. */
  generation?: number;
}

/** What a step's state asks of AWS, as far as it is not the same in every run. */
export interface Ask {
  /** The whole request of SSM SendCommand. */
  command?: ReturnType<typeof stepCommand>;
  /** Of ECS RunTask, by the names that state machines use. */
  overrides?: object;
  /** Of Lambda's Invoke. */
  payload?: object;
}

/** What is asked of AWS for a step of a run; HTTP calls and Airflow are asked by functions that find it themselves. */
export function askOf(stage: CompiledStage, run: OfRun, step: string): Ask {
  const { work, deadlineSeconds } = deployedPipelineStep(run.workload, step, stage);
  const told = variablesOf(run, step);
  if (work.by === 'command') return { command: stepCommand(stage, run.workload, step, work, told, deadlineSeconds) };
  if (work.by === 'task') return { overrides: overridesOf(work, told) };
  if (work.by === 'function') return { payload: { ...work.payload, lamplighter: factsOf(run, step) } };
  return {};
}

/** What every step is told of its run, so that it knows its date also when it runs later. */
export function factsOf({ workload, key, generation = 1 }: OfRun, step: string) {
  return { pipeline: workload, step, run: key, date: key.slice(0, 10), generation };
}

function variablesOf(run: OfRun, step: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(factsOf(run, step)).map(([name, value]) => [`LAMPLIGHTER_${name.toUpperCase()}`, String(value)]),
  );
}

function overridesOf(work: Extract<StepWork, { by: 'task' }>, told: Record<string, string>): object {
  const Environment = Object.entries({ ...work.environment, ...told }).map(([Name, Value]) => ({ Name, Value }));
  return {
    ContainerOverrides: [{ Name: containerOf(work), Environment, ...(work.command && { Command: work.command }) }],
  };
}

/** The container that a task's command is for: by default it is named like the task's definition. */
export function containerOf(work: Extract<StepWork, { by: 'task' }>): string {
  return work.container ?? familyOf(work);
}

/** The name of a task's definition, whichever revision of it is meant. */
export function familyOf({ definition }: Pick<Extract<StepWork, { by: 'task' }>, 'definition'>): string {
  return definition.replace(/^.*\//, '').replace(/:\d+$/, '');
}

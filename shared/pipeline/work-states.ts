import type { PipelineStep, StepWork } from '../stage/compiled.ts';
import { dagStates, functionStates, httpStates } from './call-states.ts';
import { commandStates } from './command-states.ts';
import { IN_VAIN } from './retries.ts';
import type { States } from './states.ts';
import { taskStates } from './task-states.ts';
import { tried } from './tries.ts';

/** What the states of a step's work are made of that is no part of the stage file: ARNs, and the name of a table. */
export interface WorkRefs {
  callHttp: unknown;
  checkCommand: unknown;
  checkDag: unknown;
  startDag: unknown;
  stateTable: unknown;
}

/** A step's work of one sort. */
export type Work<By extends StepWork['by']> = Extract<StepWork, { by: By }>;

/**
 * The states that do a step's work: they find in `$.step.ask` what is another in every run, and leave in `$.step.result`
 * what came of it. They are named after the step, as the picture of the pipeline shows it.
 */
export function workStates(step: string, { work, retry, deadlineSeconds }: PipelineStep, refs: WorkRefs): States {
  const states = statesOf(step, work, deadlineSeconds, refs);
  return retry.times > 0 ? tried(step, states, retry, [...IN_VAIN, 'States.Timeout'], refs.stateTable) : states;
}

function statesOf(step: string, work: StepWork, seconds: number, refs: WorkRefs): States {
  if (work.by === 'command') return commandStates(step, work, seconds, refs);
  if (work.by === 'task') return taskStates(step, work);
  if (work.by === 'function') return functionStates(step, work);
  if (work.by === 'http') return httpStates(step, work, refs);
  return dagStates(step, seconds, refs);
}

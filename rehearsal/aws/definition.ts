import type { StateMachineDefinition } from 'aws-local-stepfunctions';

export interface State {
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
  HeartbeatSecondsPath?: string;
  Parameters?: Record<string, unknown>;
  /** What a Map does with each item. */
  ItemProcessor?: { States: Record<string, State> };
}

/** A state machine of the template. */
export interface Machine {
  arn: string;
  name: string;
  definition: StateMachineDefinition & { States: Record<string, State> };
}

/** Where a task finds its limits among its parameters. */
export const LIMITS = 'limits of the rehearsal';

/** What a task without a limit may take: AWS waits for ever, a timer for 24 days. */
const NO_LIMIT_SECONDS = 2_000_000;

/** Every task of a definition, those within Maps included: their names are unique in it. */
export function tasksOf(states: Record<string, State>): [string, State][] {
  return Object.entries(states).flatMap(([name, state]): [string, State][] => {
    if (state.ItemProcessor) return tasksOf(state.ItemProcessor.States);
    return state.Type === 'Task' ? [[name, state]] : [];
  });
}

/**
 * The definition as the interpreter needs it: it gives a task without a limit a minute, and reads the paths of limits
 * in what the task is given, where AWS reads them in the state's input.
 */
export function limited(definition: Machine['definition']): StateMachineDefinition {
  return { ...definition, States: limitedStates(definition.States) } as StateMachineDefinition;
}

function limitedStates(states: Record<string, State>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(states).map(([name, state]) => {
      if (state.ItemProcessor) {
        const States = limitedStates(state.ItemProcessor.States);
        return [name, { ...state, ItemProcessor: { ...state.ItemProcessor, States } }];
      }
      if (state.Type !== 'Task') return [name, state];
      const { TimeoutSecondsPath: timeout, HeartbeatSecondsPath: heartbeat, Parameters, ...rest } = state;
      if (!timeout && !heartbeat) return [name, { TimeoutSeconds: NO_LIMIT_SECONDS, ...state }];
      const limits = { ...(timeout && { 'timeout.$': timeout }), ...(heartbeat && { 'heartbeat.$': heartbeat }) };
      const limit = timeout ? { TimeoutSecondsPath: `$['${LIMITS}'].timeout` } : { TimeoutSeconds: NO_LIMIT_SECONDS };
      return [name, { ...rest, ...limit, Parameters: { ...Parameters, [LIMITS]: limits } }];
    }),
  );
}

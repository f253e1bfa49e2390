import type { StateMachineDefinition } from 'aws-local-stepfunctions';

export interface State {
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
  HeartbeatSecondsPath?: string;
  Parameters?: Record<string, unknown>;
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

/**
 * The definition as the interpreter needs it: it gives a task without a limit a minute, and reads the paths of limits
 * in what the task is given, where AWS reads them in the state's input.
 */
export function limited(definition: Machine['definition']): StateMachineDefinition {
  const States = Object.fromEntries(
    Object.entries(definition.States as Record<string, State>).map(([name, state]) => {
      if (state.Type !== 'Task') return [name, state];
      const { TimeoutSecondsPath: timeout, HeartbeatSecondsPath: heartbeat, Parameters, ...rest } = state;
      if (!timeout && !heartbeat) return [name, { TimeoutSeconds: NO_LIMIT_SECONDS, ...state }];
      const limits = { ...(timeout && { 'timeout.$': timeout }), ...(heartbeat && { 'heartbeat.$': heartbeat }) };
      const limit = timeout ? { TimeoutSecondsPath: `$['${LIMITS}'].timeout` } : { TimeoutSeconds: NO_LIMIT_SECONDS };
      return [name, { ...rest, ...limit, Parameters: { ...Parameters, [LIMITS]: limits } }];
    }),
  );
  return { ...definition, States } as StateMachineDefinition;
}

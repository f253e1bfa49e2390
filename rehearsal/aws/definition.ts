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
  /** What a Parallel does side by side. */
  Branches?: Branch[];
  /** Where its result goes; null for nowhere. */
  ResultPath?: string | null;
}

interface Branch {
  StartAt: string;
  States: Record<string, State & { End?: true }>;
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

/** How many branches of a Parallel the interpreter runs at a time: AWS runs all. */
const SIDE_BY_SIDE = 40;

/** Every task of a definition, those within Maps and Parallels included: their names are unique in it. */
export function tasksOf(states: Record<string, State>): [string, State][] {
  return Object.entries(states).flatMap(([name, state]): [string, State][] => {
    if (state.ItemProcessor) return tasksOf(state.ItemProcessor.States);
    if (state.Branches) return state.Branches.flatMap(({ States }) => tasksOf(States));
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
      if (state.Branches) return [name, { ...state, Branches: sideBySide(name, limitedBranches(state), state) }];
      if (state.Type !== 'Task') return [name, state];
      const { TimeoutSecondsPath: timeout, HeartbeatSecondsPath: heartbeat, Parameters, ...rest } = state;
      if (!timeout && !heartbeat) return [name, { TimeoutSeconds: NO_LIMIT_SECONDS, ...state }];
      const limits = { ...(timeout && { 'timeout.$': timeout }), ...(heartbeat && { 'heartbeat.$': heartbeat }) };
      const limit = timeout ? { TimeoutSecondsPath: `$['${LIMITS}'].timeout` } : { TimeoutSeconds: NO_LIMIT_SECONDS };
      return [name, { ...rest, ...limit, Parameters: { ...Parameters, [LIMITS]: limits } }];
    }),
  );
}

function limitedBranches({ Branches = [] }: State): Branch[] {
  return Branches.map((branch) => ({ ...branch, States: limitedStates(branch.States) as Branch['States'] }));
}

/** More branches than run at a time are put into groups, where nobody looks at what they return. */
function sideBySide(name: string, branches: Branch[], { ResultPath }: State): Branch[] {
  if (branches.length <= SIDE_BY_SIDE || ResultPath !== null) return branches;
  const size = Math.ceil(branches.length / SIDE_BY_SIDE);
  return Array.from({ length: Math.ceil(branches.length / size) }, (_, index) => {
    const StartAt = `${name}, ${index + 1}`;
    const Branches = branches.slice(index * size, (index + 1) * size);
    return { StartAt, States: { [StartAt]: { Type: 'Parallel', Branches, ResultPath: null, End: true } } };
  });
}

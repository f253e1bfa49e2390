/** A state of Amazon's States Language, with what is looked at here. */
export interface State {
  Type: string;
  Comment?: string;
  Next?: string;
  End?: true;
  Catch?: { ErrorEquals: string[]; ResultPath?: string | null; Next: string }[];
  Branches?: States[];
  [field: string]: unknown;
}

/** States that are begun at one; each that has `End: true` leads on to what comes after them. */
export interface States {
  StartAt: string;
  States: Record<string, State>;
}

/** Asking again cannot help with the first. */
export const PATIENTLY = [
  { ErrorEquals: ['InvalidInput', 'UnknownWorkload', 'ConfigurationMissing'], MaxAttempts: 0 },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 30, MaxAttempts: 6 },
];

/** The same states with an end that leads on. */
export function followedBy({ StartAt, States }: States, next: string): States {
  return { StartAt, States: atEnds(States, { Next: next }) };
}

/** The same state, with somewhere to go for each error that it does not catch itself. */
export function catching(state: State, path: string, next: string): State {
  const caught = state.Catch ?? [];
  const mayFail = ['Task', 'Parallel', 'Map'].includes(state.Type);
  if (!mayFail || caught.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'))) return state;
  return { ...state, Catch: [...caught, { ErrorEquals: ['States.ALL'], ResultPath: path, Next: next }] };
}

/** The same states with other ends. */
export function atEnds(states: Record<string, State>, change: Partial<State>): Record<string, State> {
  return Object.fromEntries(
    Object.entries(states).map(([name, { End, ...state }]) => [name, End ? { ...state, ...change } : state]),
  );
}

import type { Steps } from './graph.ts';
import { firstOf, inOneLine, type Part, partOf } from './series-parallel.ts';
import { atEnds, catching, followedBy, PATIENTLY, type State, type States } from './states.ts';

export interface Making {
  /** What a step is made of; what it returns is not looked at, and only `$.step` may differ from what it was given. */
  statesOf: (step: string) => States;
  /** The task that ends when steps of other branches have ended, well or not. */
  awaitOf: (step: string, needs: string[]) => State;
  /** The state that follows the last step. */
  next?: string;
  /** The state that goes on when a step's own states did not catch an error. */
  onError?: string;
}

/** The middle of a pipeline's machine: its steps in series and side by side, as its picture shows them. */
export function machineOf(steps: Steps, { next, onError, ...making }: Making): States & { Comment: string } {
  const part = partOf(steps);
  const made = statesOf(part, making);
  refuseDoubles(namesIn(made));
  const States = Object.fromEntries(
    Object.entries(made.States).map(([name, state]) => [name, onError ? catching(state, '$.error', onError) : state]),
  );
  const middle = { StartAt: made.StartAt, States };
  return { Comment: inOneLine(part), ...(next ? followedBy(middle, next) : middle) };
}

/** A task by a function that keeps the token until somebody answers with it. */
export function awaitByFunction(name: unknown, timeoutSeconds: number): Making['awaitOf'] {
  return (step, needs) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Parameters: {
      FunctionName: name,
      Payload: { step, needs, 'run.$': '$.run', 'token.$': '$$.Task.Token' },
    },
    ResultPath: null,
    TimeoutSeconds: timeoutSeconds,
    Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 0 }, ...PATIENTLY],
  });
}

function statesOf(part: Part, making: Pick<Making, 'statesOf' | 'awaitOf'>): States {
  if (part.kind === 'step') return making.statesOf(part.name);
  if (part.kind === 'await') {
    const Comment = `Until ${enumerated(part.needs)} ${part.needs.length > 1 ? 'have' : 'has'} ended.`;
    return only(`Await needs of ${part.step}`, { Comment, ...making.awaitOf(part.step, part.needs) });
  }
  const made = part.parts.map((inner) => statesOf(inner, making));
  if (part.kind === 'series')
    return made.reduceRight((rest, first) => ({
      StartAt: first.StartAt,
      States: { ...followedBy(first, rest.StartAt).States, ...rest.States },
    }));
  return only(nameOf(part.parts.map(firstOf)), {
    Type: 'Parallel',
    Comment: inOneLine(part),
    // All that branches return is counted together, and 256 kB is the most.
    Branches: made.map(({ StartAt, States }) => ({ StartAt, States: atEnds(States, { End: true, OutputPath: null }) })),
    ResultPath: null,
  });
}

function only(name: string, state: State): States {
  return { StartAt: name, States: { [name]: { ...state, End: true } } };
}

/** Named by the steps that branches begin with: no two of them begin branches of another `Parallel`. */
function nameOf(steps: string[]): string {
  const name = (some: string[]) => `${enumerated(some)} side by side`;
  const [one = '', other = '', ...more] = steps;
  return steps.length < 5 && name(steps).length <= 80 ? name(steps) : name([`${one}, ${other}`, `${more.length} more`]);
}

function enumerated(words: string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join();
}

function namesIn({ States }: States): string[] {
  return Object.entries(States).flatMap(([name, { Branches = [] }]) => [name, ...Branches.flatMap(namesIn)]);
}

/** AWS wants names that are unique in the whole machine, and short. */
function refuseDoubles(names: string[]): void {
  const wrong = names.filter((name, index) => name.length > 80 || names.indexOf(name) !== index);
  if (wrong.length > 0) throw new Error(`names of states that are double or too long: ${wrong.join(', ')}`);
}

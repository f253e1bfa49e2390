import { StateMachine } from 'aws-local-stepfunctions';
import { limited, type Machine, type State, tasksOf } from '../../../rehearsal/aws/definition.ts';
import { VirtualClock } from '../../../rehearsal/clock.ts';
import { ConfigurationMissing } from '../../../shared/errors.ts';
import type { Steps } from '../../../shared/pipeline/graph.ts';
import { awaitByFunction, machineOf } from '../../../shared/pipeline/machine.ts';
import type { States } from '../../../shared/pipeline/states.ts';
import { stepStates } from '../../../shared/pipeline/step-states.ts';

const lambda = (name: string) => `arn:aws:lambda:ap-northeast-2:123456789012:function:${name}`;

/** A whole machine of steps whose work is one function. */
export function wholeMachine(steps: Steps): States {
  const work = (step: string): States => ({
    StartAt: step,
    States: { [step]: { Type: 'Task', Resource: lambda('work'), ResultPath: '$.step.result', End: true } },
  });
  const middle = machineOf(steps, {
    statesOf: (step) => stepStates(step, { begin: lambda('begin-step'), end: lambda('end-step') }, work(step)),
    awaitOf: awaitByFunction(lambda('await-steps'), 3600),
    ...{ next: 'Settle', onError: 'Settle' },
  });
  const Settle = { Type: 'Task', Resource: lambda('settle'), End: true as const };
  return { ...middle, States: { ...middle.States, Settle } };
}

export interface Ran {
  /** Milliseconds after the beginning at which each step was begun, each time. */
  begun: Record<string, number[]>;
  ended: Record<string, number>;
  statuses: Record<string, 'succeeded' | 'failed' | 'passed over'>;
  settledAt: number;
  /** What Settle was given. */
  settled: unknown;
}

type Asked = { step: string; Payload: { step: string; needs: string[] }; said: { result?: string; decision?: string } };

/**
 * Runs a machine on virtual time, with functions that keep to what is said of them.
 *
 * @param takes milliseconds that each step takes
 * @param failing the states that fail, after what they do; a step's work has its name
 */
export async function runMachine(
  steps: Steps,
  takes: Record<string, number>,
  failing: string[] = [],
  machine = wholeMachine(steps),
): Promise<Ran> {
  const clock = new VirtualClock(0);
  const ran: Ran = { begun: {}, ended: {}, statuses: {}, settledAt: Number.NaN, settled: undefined };
  const waiting: { needs: string[]; answer: () => void }[] = [];
  const answer = () => {
    for (const { needs, answer } of waiting) if (needs.every((need) => need in ran.ended)) answer();
  };
  const functions: Record<string, (asked: Asked, state: string) => unknown> = {
    'begin-step': ({ step }) => {
      ran.begun[step] = [...(ran.begun[step] ?? []), clock.now];
      const isToRun = steps[step]?.needs.every((need) => ran.statuses[need] === 'succeeded');
      return { decision: isToRun ? 'run' : 'pass' };
    },
    work: async (_, step) => {
      if (takes[step]) await clock.sleep(takes[step]);
      return 'done';
    },
    'end-step': ({ step, said }) => {
      ran.ended[step] = clock.now;
      ran.statuses[step] = said.result ? 'succeeded' : said.decision === 'pass' ? 'passed over' : 'failed';
      answer();
    },
    'lambda:invoke.waitForTaskToken': ({ Payload: { needs } }) =>
      new Promise((resolve) => {
        waiting.push({ needs, answer: () => resolve({}) });
        answer();
      }),
    settle: (asked) => {
      ran.settledAt = clock.now;
      ran.settled = asked;
    },
  };
  const definition = machine as unknown as Machine['definition'];
  const handler = (name: string, { Resource = '' }: State) => {
    const carryOut = functions[/(?:function:|:::)(.+)$/.exec(Resource)?.[1] ?? ''];
    return async (asked: Asked) => {
      const answer = (await carryOut?.(asked, name)) ?? {};
      if (failing.includes(name)) throw new ConfigurationMissing(name);
      return answer;
    };
  };
  try {
    const { result } = new StateMachine(limited(definition), { validationOptions: { noValidate: true } }).run(
      { run: { key: '2026-11-23T16:30' } },
      {
        overrides: {
          taskResourceLocalHandlers: Object.fromEntries(
            tasksOf(definition.States).map(([name, state]) => [name, handler(name, state)]),
          ) as never,
        },
        context: { Task: { Token: 'a token' } } as never,
      },
    );
    let isOver = false;
    const over = result.finally(() => {
      isOver = true;
    });
    await Promise.all([over, clock.runUntil(Number.POSITIVE_INFINITY, () => isOver)]);
    return ran;
  } finally {
    clock.uninstall();
  }
}

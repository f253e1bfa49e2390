import { catching, followedBy, PATIENTLY, type States } from './states.ts';

/**
 * The states of one step: it is asked whether it is to run, it runs, and what came of it is judged and recorded, well or
 * not. A step that fails ends like any other, so that those beside it go on.
 *
 * @param functions the ARNs of begin-step and end-step
 * @param work the task and what belongs to it: it finds what to ask for in `$.step`, and leaves its result there
 */
export function stepStates(step: string, functions: { begin: unknown; end: unknown }, work: States): States {
  const [begin, isToRun, end] = [`Begin ${step}`, `Is ${step} to run`, `End ${step}`];
  const ours = { Type: 'Task', TimeoutSeconds: 60, Retry: PATIENTLY };
  const inner = Object.entries(followedBy(work, end).States);
  return {
    StartAt: begin,
    States: {
      [begin]: {
        ...{ ...ours, Resource: functions.begin, Parameters: { step, 'run.$': '$.run' } },
        ResultPath: '$.step',
        // Nothing of a step before is left there to be taken for its own.
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.step', Next: end }],
        Next: isToRun,
      },
      [isToRun]: {
        Type: 'Choice',
        Choices: [{ Variable: '$.step.decision', StringEquals: 'run', Next: work.StartAt }],
        Default: end,
      },
      ...Object.fromEntries(inner.map(([name, state]) => [name, catching(state, '$.step.error', end)])),
      [end]: {
        ...{ ...ours, Resource: functions.end, Parameters: { step, 'run.$': '$.run', 'said.$': '$.step' } },
        ResultPath: null,
        End: true,
      },
    },
  };
}

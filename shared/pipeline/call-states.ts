import { IN_VAIN, NOT_INVOKED, OUTLAST, OUTLAST_LONG, poll } from './retries.ts';
import type { States } from './states.ts';
import type { Work, WorkRefs } from './work-states.ts';

/** A Lambda function, with what the stage file gives it and what it has to know of the run. */
export function functionStates(step: string, { name }: Work<'function'>): States {
  const invoke = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: name, 'Payload.$': '$.step.ask.payload' },
    ResultSelector: { 'payload.$': '$.Payload' },
    ResultPath: '$.step.result',
    TimeoutSecondsPath: '$.step.secondsLeft',
    Retry: [NOT_INVOKED],
    End: true as const,
  };
  return { StartAt: step, States: { [step]: invoke } };
}

/** A call over HTTP, which a function of ours makes. */
export function httpStates(step: string, { withinSeconds }: Work<'http'>, { callHttp }: WorkRefs): States {
  const call = {
    Type: 'Task',
    Resource: callHttp,
    Parameters: { step, 'run.$': '$.run' },
    ResultPath: '$.step.result',
    TimeoutSeconds: withinSeconds + 15,
    Retry: [NOT_INVOKED],
    End: true as const,
  };
  return { StartAt: step, States: { [step]: call } };
}

/** A run of a DAG of Airflow: it is started, once however often that is asked, and asked after until it has ended. */
export function dagStates(step: string, seconds: number, { startDag, checkDag }: WorkRefs): States {
  const ours = { Type: 'Task', TimeoutSeconds: 60 };
  const final = { ErrorEquals: ['DagFailed', ...IN_VAIN], MaxAttempts: 0 };
  return {
    StartAt: step,
    States: {
      [step]: {
        ...{ ...ours, Resource: startDag, Parameters: { step, 'run.$': '$.run', 'said.$': '$.step' } },
        ResultPath: '$.step.dag',
        Retry: [final, { ErrorEquals: ['States.ALL'], ...OUTLAST }],
        Next: `Await ${step}`,
      },
      [`Await ${step}`]: {
        ...{ ...ours, Resource: checkDag },
        Parameters: { step, 'run.$': '$.run', 'dag.$': '$.step.dag', seconds },
        ResultPath: '$.step.result',
        Retry: [
          { ErrorEquals: ['DagInProgress'], ...poll(seconds) },
          final,
          { ErrorEquals: ['States.ALL'], ...OUTLAST_LONG },
        ],
        End: true,
      },
    },
  };
}

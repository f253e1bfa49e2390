import { IN_VAIN, OUTLAST, OUTLAST_LONG, poll } from './retries.ts';
import type { States } from './states.ts';
import type { Work, WorkRefs } from './work-states.ts';

/** A command that Systems Manager runs: it is sent, and asked after until it has ended. */
export function commandStates(
  step: string,
  { on }: Work<'command'>,
  seconds: number,
  { checkCommand }: WorkRefs,
): States {
  return {
    StartAt: step,
    States: {
      [step]: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:ssm:sendCommand',
        InputPath: '$.step.ask.command',
        ResultSelector: { 'id.$': '$.Command.CommandId', 'sentAt.$': '$.Command.RequestedDateTime' },
        ResultPath: '$.step.command',
        TimeoutSeconds: 60,
        // Also a server that is not online, which is said of one whose agent is just starting.
        Retry: [{ ErrorEquals: ['States.ALL'], ...OUTLAST }],
        Next: `Await ${step}`,
      },
      [`Await ${step}`]: {
        Type: 'Task',
        Resource: checkCommand,
        Parameters: {
          ...{ 'commandId.$': '$.step.command.id', instanceId: on, 'workload.$': '$.run.workload' },
          ...{ 'sentAt.$': '$.step.command.sentAt', seconds, 'deadlineAt.$': '$.run.deadlineAt' },
        },
        ResultPath: '$.step.result',
        TimeoutSeconds: 60,
        Retry: [
          { ErrorEquals: ['CommandInProgress'], ...poll(seconds) },
          { ErrorEquals: ['JobFailed', 'InstanceNotFound', 'InstanceTerminated', 'InstanceStopped'], MaxAttempts: 0 },
          { ErrorEquals: IN_VAIN, MaxAttempts: 0 },
          { ErrorEquals: ['States.ALL'], ...OUTLAST_LONG },
        ],
        End: true,
      },
    },
  };
}

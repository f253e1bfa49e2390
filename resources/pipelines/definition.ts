import { awaitByFunction, machineOf } from '../../shared/pipeline/machine.ts';
import { PATIENTLY, type State, type States } from '../../shared/pipeline/states.ts';
import { stepStates } from '../../shared/pipeline/step-states.ts';
import { workStates } from '../../shared/pipeline/work-states.ts';
import type { PipelineStep, PipelineWorkload } from '../../shared/stage/compiled.ts';
import { ref } from './refs.ts';

/** Longer than all that steps may take: they end by themselves first. */
const AWAIT_MARGIN_SECONDS = 300;

const OURS = { Type: 'Task', TimeoutSeconds: 60, Retry: PATIENTLY };
const onError = (ResultPath: string, Next: string) => ({ Catch: [{ ErrorEquals: ['States.ALL'], ResultPath, Next }] });

/**
 * The machine of a pipeline: admission, its steps as its picture shows them, settlement. What CloudFormation knows is left
 * open as `${LogicalId}`.
 */
export function definitionOf({ steps, duration, deadlineSeconds }: PipelineWorkload): States & { Comment: string } {
  const ofOurs = { begin: ref('BeginStepLambdaFunction'), end: ref('EndStepLambdaFunction') };
  const { Comment, StartAt, States } = machineOf(steps, {
    statesOf: (name) => stepStates(name, ofOurs, workOf(name, steps[name])),
    awaitOf: awaitByFunction(ref('AwaitStepsLambdaFunction'), deadlineSeconds + AWAIT_MARGIN_SECONDS),
    ...{ next: 'Settle', onError: 'Settle' },
  });
  const isWatched = duration.warnSeconds !== undefined;
  return {
    Comment,
    StartAt: 'Admit',
    States: {
      ...admission(isWatched ? 'Arm watch' : StartAt),
      ...(isWatched && { 'Arm watch': armWatch(StartAt) }),
      ...States,
      Settle: { ...OURS, Resource: ref('SettleRunLambdaFunction'), Next: 'Settled' },
      Settled: { Type: 'Succeed' },
    },
  };
}

function workOf(name: string, step: PipelineStep | undefined): States {
  if (!step) throw new Error(`no step ${name}`);
  return workStates(name, step, {
    callHttp: ref('CallHttpLambdaFunction'),
    checkCommand: ref('CheckCommandLambdaFunction'),
    checkDag: ref('CheckDagLambdaFunction'),
    startDag: ref('StartDagLambdaFunction'),
    stateTable: ref('StateTable'),
  });
}

function admission(first: string): Record<string, State> {
  const request = { 'request.$': '$$.Execution.Input' };
  const decided = (decision: string, Next: string) => ({ Variable: '$.decision', StringEquals: decision, Next });
  return {
    Admit: {
      ...OURS,
      Resource: ref('AdmitRunLambdaFunction'),
      // Asked again after a wait, when the state's own input is no request any more.
      Parameters: { ...request, 'execution.$': '$$.Execution.Id', 'startedAt.$': '$$.Execution.StartTime' },
      ...onError('$.error', 'Say not admitted'),
      Next: 'Is admitted',
    },
    'Say not admitted': {
      ...OURS,
      Resource: ref('SendNoticeLambdaFunction'),
      Parameters: { event: 'not-admitted', ...request, 'error.$': '$.error' },
      Next: 'Not admitted',
    },
    // Ends in failure, so that the rule on failed executions wakes the sweeper at once.
    'Not admitted': {
      Type: 'Fail',
      Error: 'NotAdmitted',
      Cause: 'It could not be decided whether the run may start; the notice says why.',
    },
    'Is admitted': {
      Type: 'Choice',
      Choices: [decided('run', first), decided('skip', 'Settle'), decided('wait', 'Wait for the run before')],
      Default: 'Already handled',
    },
    'Wait for the run before': { Type: 'Wait', Seconds: 60, Next: 'Admit' },
    // The same start was delivered before: its run has its own record and its own ending.
    'Already handled': { Type: 'Succeed' },
  };
}

/** A one-time schedule that looks whether it still runs when it has become slow. The run matters more than the news of it. */
function armWatch(next: string): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:scheduler:createSchedule',
    Parameters: {
      'Name.$': '$.run.watch.name',
      GroupName: ref('ScheduleGroup'),
      'ClientToken.$': '$.run.watch.name',
      'ScheduleExpression.$': '$.run.watch.expression',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: ref('WatchPipelineLambdaFunction'),
        RoleArn: ref('PipelineScheduleRole'),
        'Input.$': '$.run.watch.input',
        RetryPolicy: { MaximumEventAgeInSeconds: 600, MaximumRetryAttempts: 5 },
        DeadLetterConfig: { Arn: ref('DeadLetters') },
      },
    },
    ResultPath: null,
    TimeoutSeconds: 60,
    Retry: [{ ErrorEquals: ['Scheduler.ConflictException'], MaxAttempts: 0 }, ...PATIENTLY],
    ...onError('$.unwatched', next),
    Next: next,
  };
}

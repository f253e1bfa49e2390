import type { PipelineStep } from '../stage/compiled.ts';
import { PATIENTLY, type States } from './states.ts';

/**
 * The states of a step's work, tried again when they fail: what is tried again as a whole is a branch in AWS's words, and
 * what it fails with is what its Parallel fails with.
 *
 * @param inVain errors that are not tried again
 */
export function tried(
  step: string,
  work: States,
  { times, waitSeconds, backoff }: PipelineStep['retry'],
  inVain: string[],
  table: unknown,
): States {
  const begin = `Try ${step}`;
  const count = {
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:updateItem',
    Parameters: {
      TableName: table,
      Key: {
        pk: { 'S.$': "States.Format('workload#{}', $.run.workload)" },
        sk: { 'S.$': `States.Format('step#${step}#{}', $.run.key)` },
      },
      UpdateExpression: 'ADD tries :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'UPDATED_NEW',
    },
    ResultSelector: { 'number.$': '$.Attributes.tries.N' },
    ResultPath: '$.step.try',
    TimeoutSeconds: 60,
    Retry: PATIENTLY,
    Next: work.StartAt,
  };
  const name = `Tries of ${step}`;
  return {
    StartAt: name,
    States: {
      [name]: {
        Type: 'Parallel',
        Branches: [{ StartAt: begin, States: { [begin]: count, ...work.States } }],
        // What the branch has come to is what goes on: a Parallel gives a list of one.
        OutputPath: '$[0]',
        Retry: [
          { ErrorEquals: inVain, MaxAttempts: 0 },
          { ErrorEquals: ['States.ALL'], IntervalSeconds: waitSeconds, BackoffRate: backoff, MaxAttempts: times },
        ],
        End: true,
      },
    },
  };
}

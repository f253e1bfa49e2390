import { idsOf } from './ids.ts';

/** A pattern has 2,048 characters at most, and an ARN about a hundred. */
const IN_ONE = 12;

/** Executions of pipelines that ended badly wake the sweeper at once. */
export function endedRules(names: string[]): Record<string, object> {
  const parts = Array.from({ length: Math.ceil(names.length / IN_ONE) }, (_, part) =>
    names.slice(part * IN_ONE, (part + 1) * IN_ONE),
  );
  return Object.assign(
    {},
    ...parts.map((part, index) => endedRule(part, `PipelinesEndedRule${index ? index + 1 : ''}`)),
  );
}

function endedRule(names: string[], id: string): Record<string, object> {
  const sweeper = { 'Fn::GetAtt': ['SweepPipelinesLambdaFunction', 'Arn'] };
  return {
    [id]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Description: 'An execution of a pipeline ended badly: its run is looked after.',
        EventPattern: {
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: {
            status: ['ABORTED', 'FAILED', 'TIMED_OUT'],
            stateMachineArn: names.map((name) => ({ Ref: idsOf(name).machine })),
          },
        },
        Targets: [
          {
            Id: 'sweep',
            Arn: sweeper,
            RetryPolicy: { MaximumEventAgeInSeconds: 600, MaximumRetryAttempts: 5 },
            DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
          },
        ],
      },
    },
    [`${id}Permission`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: sweeper,
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [id, 'Arn'] },
      },
    },
  };
}

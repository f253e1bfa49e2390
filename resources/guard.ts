import type { CompiledStage } from '../shared/stage/compiled.ts';
import { backstop } from './backstop.ts';
import trust from './trust.json' with { type: 'json' };

const FUNCTION = {
  'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:lamplighter-${stage}-guardCost',
};

/**
 * What wakes the guard of the spending: every quarter of an hour, where there is a limit, or a digest that tells of it; and
 * AWS's own budget.
 */
export function guard(stage: CompiledStage): Record<string, object> {
  const { daily, emergency, bill } = stage.budget;
  const { digest } = stage.notify;
  const reasons = [daily, emergency, bill, digest, ...Object.values(stage.workloads).map(({ budget }) => budget)];
  const invoked = { 'Fn::Sub': FUNCTION['Fn::Sub'].replace('${stage}', stage.stage) };
  return {
    // Also for the schedules that the guard makes for itself.
    GuardScheduleRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust.scheduler,
        Policies: [
          {
            PolicyName: 'permissions',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                // By its name: the function itself refers to this role.
                { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: invoked },
                { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
              ],
            },
          },
        ],
      },
    },
    ...(reasons.some((reason) => reason !== undefined) && { GuardSchedule: schedule() }),
    ...backstop(stage),
  };
}

function schedule(): object {
  return {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      GroupName: { Ref: 'ScheduleGroup' },
      Name: 'guard-cost',
      Description: 'Reckons what today has cost so far, and holds it against the limits.',
      ScheduleExpression: 'cron(0/15 * * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': ['GuardCostLambdaFunction', 'Arn'] },
        RoleArn: { 'Fn::GetAtt': ['GuardScheduleRole', 'Arn'] },
        Input: '{}',
        RetryPolicy: { MaximumEventAgeInSeconds: 600, MaximumRetryAttempts: 5 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
      },
    },
  };
}

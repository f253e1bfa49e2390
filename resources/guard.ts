import type { CompiledStage } from '../shared/stage/compiled.ts';
import { backstop } from './backstop.ts';
import { schedule } from './schedule.ts';
import trust from './trust.json' with { type: 'json' };

/**
 * What wakes the guard of the spending: every quarter of an hour, where there is a limit, or a digest that tells of it; and
 * AWS's own budget.
 */
export function guard(stage: CompiledStage): Record<string, object> {
  const { daily, emergency, bill } = stage.budget;
  const { digest } = stage.notify;
  const budgets = Object.values({ ...stage.workloads, ...stage.queues }).map(({ budget }) => budget);
  const reasons = [daily, emergency, bill, digest, ...budgets];
  const invoked = {
    'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:lamplighter-${stage.stage}-guardCost`,
  };
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
    ...(reasons.some((reason) => reason !== undefined) && { GuardSchedule: guardSchedule() }),
    ...backstop(stage),
  };
}

function guardSchedule(): object {
  return schedule({
    name: 'guard-cost',
    description: 'Reckons what today has cost so far, and holds it against the limits.',
    expression: 'cron(0/15 * * * ? *)',
    target: { 'Fn::GetAtt': ['GuardCostLambdaFunction', 'Arn'] },
    role: 'GuardScheduleRole',
    input: '{}',
    ...{ maximumAge: 600, attempts: 5 },
  });
}

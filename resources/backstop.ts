import type { CompiledStage } from '../shared/stage/compiled.ts';
import { batches } from '../shared/stage/kinds.ts';
import trust from './trust.json' with { type: 'json' };

/**
 * AWS's own budget, which works with none of our code: over its limit AWS writes to people and stops the instances of the
 * stage. It goes by the bill, which AWS reckons a few times a day, up to half a day late: a backstop, no brake.
 *
 * @source https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-controls.html; the two first budgets with
 * actions of an account are free
 */
export function backstop(stage: CompiledStage): Record<string, object> {
  const { backstop: wanted, bill } = stage.budget;
  if (!wanted) return {};
  const name = `lamplighter-${stage.stage}`;
  const Subscribers = wanted.to.map((Address) => ({ SubscriptionType: 'EMAIL', Address }));
  const instances = batches(stage).map(([, { instance }]) => instance.id);
  return {
    BackstopBudget: {
      Type: 'AWS::Budgets::Budget',
      Properties: {
        Budget: {
          BudgetName: name,
          BudgetType: 'COST',
          TimeUnit: 'DAILY',
          BudgetLimit: { Amount: wanted.daily, Unit: 'USD' },
          CostTypes: { IncludeCredit: false, IncludeRefund: false },
          ...(typeof bill === 'object' && {
            CostFilters: { TagKeyValue: [`user:${bill.tag.key}$${bill.tag.value}`] },
          }),
        },
        NotificationsWithSubscribers: [
          {
            Notification: {
              ...{ NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN' },
              ...{ Threshold: 100, ThresholdType: 'PERCENTAGE' },
            },
            Subscribers,
          },
        ],
      },
    },
    ...(instances.length > 0 && {
      BackstopRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: trust.budgets,
          Policies: [
            {
              PolicyName: 'permissions',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: 'ec2:StopInstances',
                    Resource: instances.map((id) => ({
                      'Fn::Sub': `arn:\${AWS::Partition}:ec2:\${AWS::Region}:\${AWS::AccountId}:instance/${id}`,
                    })),
                  },
                  // The document looks whether they have stopped; describe calls have no resource-level permission.
                  { Effect: 'Allow', Action: 'ec2:DescribeInstanceStatus', Resource: '*' },
                  {
                    Effect: 'Allow',
                    Action: 'ssm:StartAutomationExecution',
                    Resource: {
                      'Fn::Sub':
                        'arn:${AWS::Partition}:ssm:${AWS::Region}:*:automation-definition/AWS-StopEC2Instance:*',
                    },
                  },
                ],
              },
            },
          ],
        },
      },
      BackstopAction: {
        Type: 'AWS::Budgets::BudgetsAction',
        Properties: {
          BudgetName: { Ref: 'BackstopBudget' },
          NotificationType: 'ACTUAL',
          ActionType: 'RUN_SSM_DOCUMENTS',
          ActionThreshold: { Type: 'PERCENTAGE', Value: 100 },
          ApprovalModel: 'AUTOMATIC',
          ExecutionRoleArn: { 'Fn::GetAtt': ['BackstopRole', 'Arn'] },
          Definition: {
            SsmActionDefinition: {
              Subtype: 'STOP_EC2_INSTANCES',
              Region: { Ref: 'AWS::Region' },
              InstanceIds: instances,
            },
          },
          Subscribers: wanted.to.map((Address) => ({ Type: 'EMAIL', Address })),
        },
      },
    }),
  };
}

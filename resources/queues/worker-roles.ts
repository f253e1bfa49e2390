import { arn, distinct, parameter } from '../arns.ts';
import trust from '../trust.json' with { type: 'json' };
import type { Making } from './created.ts';
import { idsOf } from './ids.ts';
import { repositoryArn } from './image.ts';

/** What starts a worker, and the worker itself, may do: no more than that, and what the stage file adds. */
export function roles({ name, workers }: Making): Record<string, object> {
  const ids = idsOf(name);
  const { image, secrets, policies } = workers.create;
  const repository = repositoryArn(image);
  const references = distinct(Object.values(secrets).map(parameter));
  return {
    [ids.executionRole]: role([
      {
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [ids.logs, 'Arn'] },
      },
      ...(repository
        ? [
            { Action: 'ecr:GetAuthorizationToken', Resource: '*' },
            {
              Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
              Resource: repository,
            },
          ]
        : []),
      ...(references.length > 0 ? [{ Action: 'ssm:GetParameters', Resource: references }] : []),
    ]),
    [ids.taskRole]: role(
      // A worker protects itself while a job runs that is longer than it has to end.
      [
        {
          Action: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
          Resource: arn('ecs', `task/${workers.cluster}/*`),
        },
      ],
      policies,
    ),
  };
}

function role(statements: object[], policies: string[] = []): object {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust.tasks,
      ...(policies.length > 0 && { ManagedPolicyArns: policies }),
      Policies: [
        {
          PolicyName: 'permissions',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
          },
        },
      ],
    },
  };
}

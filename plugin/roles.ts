import trust from '../resources/trust.json' with { type: 'json' };
import type { Permission, Serverless } from './framework.ts';

/**
 * Turns the `permissions` beside each function and state machine into a role of its own: no role is shared, and
 * what a role may do is read where its code is.
 */
export function addRoles({ service, configurationInput }: Serverless): void {
  const roles: Record<string, object> = {};
  for (const [name, settings] of Object.entries(service.functions)) {
    const id = name.charAt(0).toUpperCase() + name.slice(1);
    roles[`${id}Role`] = role('lambda', [
      { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [`${id}LogGroup`, 'Arn'] } },
      ...(settings.permissions ?? []),
    ]);
    delete settings.permissions;
  }
  for (const machine of Object.values(configurationInput.stepFunctions?.stateMachines ?? {})) {
    roles[`${machine.id}Role`] = role('states', machine.permissions ?? []);
    machine.role = { 'Fn::GetAtt': [`${machine.id}Role`, 'Arn'] };
    delete machine.permissions;
  }
  service.resources = { ...service.resources, Resources: { ...service.resources?.Resources, ...roles } };
}

function role(principal: 'lambda' | 'states', permissions: Permission[]): object {
  // A stage without Discord, say, has no queue to name: a statement about nothing is left out.
  const statements = permissions.filter(({ Resource }) => !Array.isArray(Resource) || Resource.length > 0);
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust[principal],
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

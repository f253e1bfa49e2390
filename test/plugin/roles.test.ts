import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Permission, Serverless } from '../../plugin/framework.ts';
import { addRoles } from '../../plugin/roles.ts';

interface Role {
  Properties: {
    AssumeRolePolicyDocument: { Statement: { Principal: { Service: string } }[] };
    Policies: [{ PolicyDocument: { Statement: (Permission & { Effect: string })[] } }];
  };
}

const put = { Action: 'dynamodb:PutItem', Resource: 'table' };
const invoke = { Action: 'lambda:InvokeFunction', Resource: ['one'], Condition: { StringEquals: { a: 'b' } } };

/** A service of two functions and a machine, as the framework has read it. */
function aService(): Serverless {
  return {
    service: {
      functions: {
        admitRun: { role: 'AdmitRunRole', permissions: [put, { Action: 'sqs:SendMessage', Resource: [] }] },
        sayNothing: { role: 'SayNothingRole' },
      },
      resources: { Resources: { Table: { Type: 'AWS::DynamoDB::Table' } }, Outputs: { Name: { Value: 'x' } } },
    },
    configurationInput: { stepFunctions: { stateMachines: { runBatch: { id: 'RunBatch', permissions: [invoke] } } } },
  } as unknown as Serverless;
}

let serverless: Serverless;

beforeEach(() => {
  serverless = aService();
  addRoles(serverless);
});

const role = (name: string) => serverless.service.resources?.Resources?.[name] as Role;
const statements = (name: string) => role(name).Properties.Policies[0].PolicyDocument.Statement;
const trusted = (name: string) =>
  role(name).Properties.AssumeRolePolicyDocument.Statement.map(({ Principal }) => Principal.Service);

describe('addRoles', () => {
  test('each function and each machine - a role of its own, beside the other resources', () => {
    expect(Object.keys(serverless.service.resources?.Resources ?? {})).toEqual([
      'Table',
      'AdmitRunRole',
      'SayNothingRole',
      'RunBatchRole',
    ]);
    expect(serverless.service.resources).toHaveProperty('Outputs');
  });

  test('a function - what it asked for and its own log group, and Lambda alone may be it', () => {
    expect(statements('AdmitRunRole')).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': ['AdmitRunLogGroup', 'Arn'] },
      },
      { Effect: 'Allow', ...put },
    ]);
    expect(trusted('AdmitRunRole')).toEqual(['lambda.amazonaws.com']);
  });

  test('a permission on no resource - left out, since CloudFormation would refuse the empty list', () => {
    expect(JSON.stringify(role('AdmitRunRole'))).not.toContain('sqs:SendMessage');
  });

  test('a function that asked for nothing - may write its log, and no more', () => {
    expect(statements('SayNothingRole')).toHaveLength(1);
    expect(JSON.stringify(statements('SayNothingRole'))).toContain('SayNothingLogGroup');
  });

  test('a machine - what it asked for with its condition, no log group, and Step Functions alone may be it', () => {
    expect(statements('RunBatchRole')).toEqual([{ Effect: 'Allow', ...invoke }]);
    expect(trusted('RunBatchRole')).toEqual(['states.amazonaws.com']);
  });

  test('the settings afterwards - without permissions, which the framework does not know, and with the machine’s role', () => {
    expect(serverless.service.functions).toEqual({
      admitRun: { role: 'AdmitRunRole' },
      sayNothing: { role: 'SayNothingRole' },
    });
    expect(serverless.configurationInput.stepFunctions?.stateMachines).toEqual({
      runBatch: { id: 'RunBatch', role: { 'Fn::GetAtt': ['RunBatchRole', 'Arn'] } },
    });
  });

  test('a service without machines and resources - roles for its functions', () => {
    const plain = aService();
    plain.configurationInput = {};
    delete plain.service.resources;
    addRoles(plain);
    expect(Object.keys((plain.service.resources as { Resources: object } | undefined)?.Resources ?? {})).toEqual([
      'AdmitRunRole',
      'SayNothingRole',
    ]);
  });
});

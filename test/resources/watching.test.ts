import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { describe, expect, test } from '@jest/globals';
import { watching } from '../../resources/watching.ts';
import { emulatorsFolder, INSTALL } from '../emulator/emulators.ts';
import { aService, aWatchedStage, many } from './watching/services.ts';

type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };

const linterFolder = emulatorsFolder();
const withLinter = linterFolder || process.env['CI'] ? test : test.skip;
if (!linterFolder) process.stderr.write(`cfn-lint is not found. Install: ${INSTALL}\n`);

const role = {
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  },
};
const RoleArn = 'arn:aws:iam::123456789012:role/any';
const machine = { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };
const REST: Template['Resources'] = {
  DeadLetters: { Type: 'AWS::SQS::Queue', Properties: {} },
  ScheduleGroup: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'lamplighter-dev' } },
  ScheduleRole: { Type: 'AWS::IAM::Role', Properties: role },
  RecoverService: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { RoleArn, DefinitionString: JSON.stringify(machine) },
  },
  SweepRecoveriesLambdaFunction: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: RoleArn,
      Runtime: 'nodejs24.x',
      Handler: 'x.handler',
      Code: { S3Bucket: 'bucket', S3Key: 'key' },
    },
  },
};

/** With what the rest of the template has. */
function template(stage = everything()): Template {
  return {
    Resources: {
      NoticesTopic: { Type: 'AWS::SNS::Topic', Properties: {} },
      NoticesQueue: { Type: 'AWS::SQS::Queue', Properties: {} },
      NoticesDeadLetters: { Type: 'AWS::SQS::Queue', Properties: {} },
      ...REST,
      ...(watching(stage) as Template['Resources']),
    },
  };
}

const everything = () =>
  aWatchedStage({
    web: aService({ maintenance: [{ days: ['sun'], from: '03:00', to: '04:00' }] }),
    tasks: aService({ target: { ecs: { cluster: 'app', service: 'web' } } }),
    group: aService({ target: { group: 'web' } }),
    elsewhere: aService({ target: undefined }),
  });

function written(content: Template): string {
  const file = join(mkdtempSync(join(tmpdir(), 'lamplighter-watching-')), 'template.json');
  writeFileSync(file, JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', ...content }));
  return file;
}

describe('what watches from AWS’s side', () => {
  test('CloudFormation would take it', () => {
    const engine = new RegoEngine();
    const { diagnostics } = engine.validateStandard(new TemplateFile(written(template())));
    engine.free();
    expect(diagnostics.filter(({ severity }) => severity === 'ERROR' || severity === 'FATAL')).toEqual([]);
  });

  withLinter('cfn-lint - finds no error and no warning', () => {
    execFileSync(join(linterFolder ?? '', 'cfn-lint'), ['--regions', 'ap-northeast-2', '--', written(template())]);
  });

  test('what starts recoveries, and looks after them - only where something is recovered', () => {
    const ours = ['RecoveryRule', 'RecoveryRuleRole', 'RecoverySweeperSchedule'];
    const of = (service: Parameters<typeof aService>[0]) =>
      Object.keys(watching(aWatchedStage({ web: aService(service) })));
    expect(of({})).toEqual(expect.arrayContaining(ours));
    expect(of({ recover: undefined }).filter((id) => ours.includes(id))).toEqual([]);
  });

  test('a stage without services - nothing of it', () => {
    expect(watching(aWatchedStage({}))).toEqual({});
  });

  test('hundreds of services - each resource has a name of its own, and the recovery one document', () => {
    const { Resources } = template(aWatchedStage(many(300)));
    expect(Object.values(Resources).filter(({ Type }) => Type === 'AWS::SSM::Document')).toHaveLength(2);
    const names = Object.values(Resources).flatMap(({ Type, Properties }) => {
      const name = Properties['AlarmName'] ?? Properties['Name'] ?? Properties['LogGroupName'];
      return typeof name === 'string' ? [`${Type} ${name}`] : [];
    });
    expect(new Set(names).size).toBe(names.length);
  });
});

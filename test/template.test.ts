import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { describe, expect, test } from '@jest/globals';
import aslValidator from 'asl-validator';
import { loadEstate } from '../resources/estate.ts';
import type { CompiledStage } from '../shared/stage/compiled.ts';
import { environments } from '../shared/stage/kinds.ts';
import { emulatorsFolder, INSTALL } from './emulator/emulators.ts';
import { STAGES } from './package-stages.ts';

type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };
type Statement = { Action: string | string[]; Resource: unknown };

/**
 * What AWS can only allow for everything: "If the column Resource types is empty, you must specify all resources".
 *
 * @source https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html, list_awssystemsmanager.html,
 * list_amazonec2autoscaling.html, list_awsstepfunctions.html, list_amazonelasticcontainerregistry.html
 */
const WITHOUT_RESOURCE = [
  'autoscaling:DescribeAutoScalingGroups',
  'ec2:DescribeInstances',
  'ssm:CancelCommand',
  'ssm:GetCommandInvocation',
  'ssm:ListCommands',
  'states:SendTaskSuccess',
];
/** The same, of what only some stage files ask for: the bill, AWS's own budget, functions in a VPC, images of workers, and tasks of steps. */
const WHERE_ASKED_FOR = [
  'ce:GetCostAndUsage',
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeInstanceStatus',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
  'ecr:GetAuthorizationToken',
  'ecs:ListTasks',
];

// moto depends on cfn-lint, so it lies beside it.
const linterFolder = emulatorsFolder();
const withLinter = linterFolder || process.env['CI'] ? test : test.skip;
if (!linterFolder) process.stderr.write(`cfn-lint is not found. Install: ${INSTALL}\n`);

/** Findings that a deployment would fail on. */
function errorsOf(file: string): string[] {
  const engine = new RegoEngine();
  try {
    const { diagnostics } = engine.validateStandard(new TemplateFile(file));
    return diagnostics
      .filter(({ severity }) => severity === 'ERROR' || severity === 'FATAL')
      .map(({ ruleId, message }) => `${ruleId} ${message}`);
  } finally {
    engine.free();
  }
}

const file = (stage: string) =>
  join(process.env['PACKAGED_STAGES'] ?? '', stage, 'cloudformation-template-update-stack.json');
const read = (stage: string) => JSON.parse(readFileSync(file(stage), 'utf8')) as Template;

const ofType = (stage: string, type: string) =>
  Object.values(read(stage).Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
const statements = (stage: string) =>
  ofType(stage, 'AWS::IAM::Role').flatMap(({ Policies }) =>
    (Policies as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    ),
  );
/** By their definitions: most machines are the same in all stages, and each takes the validator a while. */
const judged = new Map<string, { isValid: boolean; text: string }>();
function judge(definition: string) {
  const { isValid, errorsText } = aslValidator(JSON.parse(definition));
  return { isValid, text: errorsText() };
}
const ANY_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:any';

withLinter('cfn-lint - finds no error in any of them, and no warning but the one that the framework makes', () => {
  // W3005: the framework makes functions depend on roles that they refer to anyway.
  const files = Object.keys(STAGES).map(file);
  execFileSync(join(linterFolder ?? '', 'cfn-lint'), ['--ignore-checks', 'W3005', '--', ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
});

describe.each(Object.keys(STAGES))('the packaged template of %s', (stage) => {
  test('CloudFormation would take it', () => {
    expect(errorsOf(file(stage))).toEqual([]);
  });

  test('every state machine - is valid', () => {
    const machines = ofType(stage, 'AWS::StepFunctions::StateMachine');
    expect(machines.length).toBeGreaterThan(0);
    for (const { DefinitionString } of machines) {
      const [text] = (DefinitionString as { 'Fn::Sub': [string] })['Fn::Sub'];
      const definition = text.replace(/\$\{\w+\}/g, ANY_ARN);
      judged.set(definition, judged.get(definition) ?? judge(definition));
      expect(judged.get(definition)).toEqual({ isValid: true, text: '' });
    }
  });

  test('every schedule - has a zone or is in UTC, a retry policy and a dead-letter queue', () => {
    const schedules = ofType(stage, 'AWS::Scheduler::Schedule');
    expect(schedules.length).toBeGreaterThan(1);
    for (const { Target } of schedules)
      expect(Target).toMatchObject({
        RetryPolicy: { MaximumRetryAttempts: expect.any(Number) },
        DeadLetterConfig: { Arn: expect.anything() },
      });
  });

  test('every function that is invoked without waiting - gives up after a while, into a dead-letter queue', () => {
    const targets = ['AWS::Scheduler::Schedule', 'AWS::Events::Rule']
      .flatMap((type) => ofType(stage, type))
      .flatMap(({ Target, Targets = [Target] }) => Targets as { Arn: unknown }[]);
    const invoked = new Set(
      targets.flatMap(({ Arn }) => /(\w+LambdaFunction)/.exec(JSON.stringify(Arn))?.slice(1) ?? []),
    );
    const bounded = ofType(stage, 'AWS::Lambda::EventInvokeConfig').map((config) => {
      expect(config).toMatchObject({
        MaximumRetryAttempts: expect.any(Number),
        MaximumEventAgeInSeconds: expect.any(Number),
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
      return (config['FunctionName'] as { Ref: string }).Ref;
    });
    expect(bounded).toEqual(expect.arrayContaining([...invoked]));
    // Some have their schedule only where the stage file asks for it.
    const optional = [
      'CarryOutCommandLambdaFunction',
      'CheckHealthLambdaFunction',
      'GuardCostLambdaFunction',
      'SendDigestLambdaFunction',
      'SweepPipelinesLambdaFunction',
      'TendQueuesLambdaFunction',
      'WatchPipelineLambdaFunction',
    ];
    expect(bounded.filter((name) => !invoked.has(name) && !optional.includes(name))).toEqual([]);
  });

  test('every rule - gives up after a while, into a dead-letter queue', () => {
    const targets = ofType(stage, 'AWS::Events::Rule').flatMap(({ Targets }) => Targets as object[]);
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets)
      expect(target).toMatchObject({
        RetryPolicy: { MaximumRetryAttempts: expect.any(Number) },
        DeadLetterConfig: { Arn: expect.anything() },
      });
  });

  test('every queue that dead letters go to - has an alarm', () => {
    const text = JSON.stringify(read(stage).Resources);
    const queues = new Set(
      [
        ...text.matchAll(/"(?:DeadLetterConfig":\{"Arn|deadLetterTargetArn|Destination)":\{"Fn::GetAtt":\["(\w+)"/g),
      ].map(([, id]) => id),
    );
    const watched = ofType(stage, 'AWS::CloudWatch::Alarm').flatMap(
      ({ MetricName, Dimensions }) =>
        (MetricName === 'ApproximateNumberOfMessagesVisible' &&
          /GetAtt":\["(\w+)"/.exec(JSON.stringify(Dimensions))?.[1]) ||
        [],
    );
    expect(queues.size).toBeGreaterThan(1);
    expect([...queues].filter((id) => !watched.includes(id ?? ''))).toEqual([]);
  });

  test('every alarm - tells somebody, but those that set the number of workers', () => {
    const all = ofType(stage, 'AWS::CloudWatch::Alarm');
    const alarms = all.filter(({ AlarmName }) => !/^lamplighter-dev-scale-/.test(String(AlarmName)));
    expect(alarms.length).toBeGreaterThan(1);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toContainEqual({ Ref: 'NoticesTopic' });
  });

  test('every alarm on what is late or lost - takes the way beside the notices too', () => {
    const alarms = ofType(stage, 'AWS::CloudWatch::Alarm').filter(
      ({ MetricName, Dimensions }) =>
        MetricName === 'ApproximateAgeOfOldestMessage' || JSON.stringify(Dimensions).includes('NoticesDeadLetters'),
    );
    expect(alarms.length).toBeGreaterThan(1);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toContainEqual({ Ref: 'WatchTopic' });
  });

  test('every log - is kept for a month', () => {
    const functions = ofType(stage, 'AWS::Lambda::Function');
    const logs = ofType(stage, 'AWS::Logs::LogGroup');
    expect(logs.filter(({ LogGroupName }) => String(LogGroupName).startsWith('/aws/lambda/'))).toHaveLength(
      functions.length,
    );
    for (const log of logs) expect(log).toMatchObject({ RetentionInDays: 30 });
  });

  test('the table - can be restored to any minute, and outside dev it cannot be deleted', () => {
    const [table] = ofType(stage, 'AWS::DynamoDB::Table');
    expect(table).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: false,
    });
    expect(loadEstate('prod', 'examples/ec2-batch.yml').isProtected).toBe(true);
  });

  test('every function and machine - a role of its own', () => {
    const roles = Object.values(read(stage).Resources).flatMap(({ Type, Properties }) => {
      if (Type === 'AWS::Lambda::Function') return [JSON.stringify(Properties['Role'])];
      return Type === 'AWS::StepFunctions::StateMachine' ? [JSON.stringify(Properties['RoleArn'])] : [];
    });
    expect(new Set(roles).size).toBe(roles.length);
  });

  test('no role - may do everything, or terminate anything', () => {
    const actions = statements(stage).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /\*|Terminate/.test(action))).toEqual([]);
  });

  test('no role - may delete a stack that the stage file does not name as an environment', () => {
    const deletions = statements(stage).filter(({ Action }) => [Action].flat().includes('cloudformation:DeleteStack'));
    const compiled = JSON.parse(readFileSync(join(file(stage), '..', 'stage.json'), 'utf8')) as CompiledStage;
    const named = environments(compiled).map(([, { stack }]) => expect.stringMatching(`:stack/${stack.name}/\\*$`));
    for (const { Resource } of deletions)
      expect((Resource as { 'Fn::Sub': string }[]).map((resource) => resource['Fn::Sub'])).toEqual(named);
    expect(deletions.length > 0).toBe(named.length > 0);
  });

  test('no role - may do to everything what AWS can allow for one thing', () => {
    const everywhere = statements(stage).flatMap(({ Action, Resource }) =>
      [Resource].flat().includes('*') ? Action : [],
    );
    const always = [...new Set(everywhere)].filter((action) => !WHERE_ASKED_FOR.includes(action));
    expect(always.sort()).toEqual(WITHOUT_RESOURCE);
  });

  test('no value of a secret - only references', () => {
    const secrets = readFileSync(file(stage), 'utf8').match(/hooks?\.slack|api\/webhooks|AKIA[0-9A-Z]{16}/g);
    expect(secrets).toBeNull();
  });
});

test('a template that is wrong - is noticed', () => {
  const template = read('ec2-batch');
  const role = template.Resources['AdmitRunRole'];
  if (role) role.Properties['RoleNme'] = 'typo';
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-wrong-'));
  writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
  expect(errorsOf(join(folder, 'template.json')).join()).toContain('RoleNme');
});

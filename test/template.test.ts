import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { describe, expect, test } from '@jest/globals';
import { STAGES } from './package-stages.ts';

type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };

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

describe.each(Object.keys(STAGES))('the packaged template of %s', (stage) => {
  test('CloudFormation would take it', () => {
    expect(errorsOf(file(stage))).toEqual([]);
  });

  test('every schedule - has a zone or is in UTC, a retry policy and a dead-letter queue', () => {
    const schedules = Object.values(read(stage).Resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
    expect(schedules.length).toBeGreaterThan(1);
    for (const { Properties } of schedules)
      expect(Properties['Target']).toMatchObject({
        RetryPolicy: { MaximumRetryAttempts: expect.any(Number) },
        DeadLetterConfig: { Arn: expect.anything() },
      });
  });

  test('every function and machine - a role of its own', () => {
    const roles = Object.values(read(stage).Resources).flatMap(({ Type, Properties }) => {
      if (Type === 'AWS::Lambda::Function') return [JSON.stringify(Properties['Role'])];
      return Type === 'AWS::StepFunctions::StateMachine' ? [JSON.stringify(Properties['RoleArn'])] : [];
    });
    expect(new Set(roles).size).toBe(roles.length);
  });

  test('no role - may do everything, or terminate anything', () => {
    const roles = Object.entries(read(stage).Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
    for (const [, { Properties }] of roles) {
      const actions = (
        Properties['Policies'] as { PolicyDocument: { Statement: { Action: string | string[] }[] } }[]
      ).flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action));
      expect(actions.filter((action) => /\*|Terminate|DeleteStack/.test(action))).toEqual([]);
    }
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

import { describe, expect, test } from '@jest/globals';
import { plan as contract, type EnvironmentPlan, type Input } from '../../../functions/admit-run/contract.ts';
import { planRun, recordOf } from '../../../functions/admit-run/plan.ts';
import {
  anEnvironment,
  aStage,
  STOP_ADMITTED,
  STOP_AT,
  STOP_DEADLINE,
  STOP_EXECUTION,
  STOP_KEY,
} from '../../shared/builders.ts';

const plan = (
  request: Partial<Input['request']> = {},
  workload = anEnvironment(),
  { act = 'stop' as Input['act'], execution = STOP_EXECUTION, startedAt = STOP_ADMITTED } = {},
) =>
  planRun(aStage(), workload, {
    request: { workload: 'chat-app', scheduledFor: STOP_AT, by: 'schedule', parameters: {}, ...request },
    act,
    execution,
    startedAt,
  }) as EnvironmentPlan;

describe('planRun of an environment', () => {
  test('a scheduled stop - everything in UTC, the key in local time; it may wait as long as it may take', () => {
    const run = plan();
    expect(run).toEqual({
      kind: 'environment',
      act: 'stop',
      workload: 'chat-app',
      key: STOP_KEY,
      scheduledFor: STOP_AT,
      execution: STOP_EXECUTION,
      by: 'schedule',
      admittedAt: STOP_ADMITTED,
      waitUntil: '2026-11-02T10:00:03.000Z',
      deadlineAt: STOP_DEADLINE,
      refresh: false,
      stack: {
        name: 'ChatAppMasterStack',
        templateUrl: 'https://example-templates.s3.ap-northeast-2.amazonaws.com/chat/master.yml',
        roleArn: 'arn:aws:iam::123456789012:role/lamplighter-chat-app',
        capabilities: ['CAPABILITY_NAMED_IAM'],
        timeoutMinutes: 60,
        token: 'chat-app-stop-202611021800',
      },
      hasHealthCheck: false,
    });
    expect(contract.parse(run)).toEqual(run);
  });

  test('refresh and a health check - the machine is told', () => {
    const health = { url: 'https://chat.example.com', withinSeconds: 600 };
    expect(plan({}, anEnvironment({ refresh: true, health }), { act: 'start' })).toMatchObject({
      act: 'start',
      refresh: true,
      hasHealthCheck: true,
    });
  });

  test('a deadline of 90 seconds - CloudFormation is given whole minutes, and not too few', () => {
    const run = plan({}, anEnvironment({ deadlineSeconds: 90 }));
    expect(run.stack.timeoutMinutes).toBe(2);
    expect(run.waitUntil).toBe('2026-11-02T09:01:33.000Z');
    expect(run.deadlineAt).toBe('2026-11-02T09:03:03.000Z');
  });

  test('a role by its ARN - as it is; by its name - in the account and partition of the execution', () => {
    const arn = 'arn:aws:iam::999999999999:role/path/other';
    expect(plan({}, anEnvironment({ stack: { role: arn } })).stack.roleArn).toBe(arn);
    const execution = STOP_EXECUTION.replace('arn:aws:', 'arn:aws-cn:').replace('123456789012', '210987654321');
    expect(plan({}, anEnvironment(), { execution }).stack.roleArn).toBe(
      'arn:aws-cn:iam::210987654321:role/lamplighter-chat-app',
    );
  });

  test('by hand twice in a minute - keys and tokens of their own', () => {
    const hand = { scheduledFor: undefined, by: 'ana' };
    const one = plan(hand);
    const two = plan(hand, anEnvironment(), { startedAt: '2026-11-02T09:00:41.000Z' });
    expect([one.key, two.key]).toEqual([`${STOP_KEY}:03`, `${STOP_KEY}:41`]);
    expect(one.stack.token).not.toBe(two.stack.token);
    expect(one.scheduledFor).toBe(STOP_ADMITTED);
  });

  test('the same asked again, after a wait - the very same plan', () => {
    expect(plan()).toEqual(plan());
  });

  test('a stop that is made again - names the first', () => {
    const run = plan({ scheduledFor: undefined, by: 'sweeper', retryOf: STOP_KEY });
    expect(run.retryOf).toBe(STOP_KEY);
    expect(plan()).not.toHaveProperty('retryOf');
  });

  test('the longest names, with what the machine adds - tokens that CloudFormation takes', () => {
    const { token } = plan({ workload: 'a'.repeat(24), scheduledFor: undefined, by: 'ana' }).stack;
    for (const suffix of ['', '-clear', '-first', '-again'])
      expect(token + suffix).toMatch(/^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/);
  });

  test('nobody says whether it starts or stops - InvalidInput', () => {
    const input = { request: { workload: 'chat-app', by: 'ana', parameters: {} }, execution: 'x', startedAt: STOP_AT };
    expect(() => planRun(aStage(), anEnvironment(), input)).toThrow(
      expect.objectContaining({ name: 'InvalidInput', message: expect.stringContaining('chat-app is an environment') }),
    );
  });
});

describe('recordOf an environment', () => {
  test('a stop - what it is and when it has to be done, and nothing of a stack', () => {
    expect(recordOf(plan())).toEqual({
      kind: 'environment',
      act: 'stop',
      workload: 'chat-app',
      key: STOP_KEY,
      scheduledFor: STOP_AT,
      execution: STOP_EXECUTION,
      by: 'schedule',
      admittedAt: STOP_ADMITTED,
      deadlineAt: STOP_DEADLINE,
      status: 'running',
    });
  });

  test('a stop that is made again - keeps the name of the first', () => {
    expect(recordOf(plan({ retryOf: STOP_KEY }))).toMatchObject({ retryOf: STOP_KEY });
  });
});

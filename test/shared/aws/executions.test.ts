import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EXECUTION } from '../builders.ts';
import { answer, bodyOf, listen, pretendAws } from '../http.ts';

const asked: [operation: string, input: Record<string, unknown>][] = [];
/** What Step Functions answers next: an answer, or the name of its refusal. */
let says: object | string = {};
const stepFunctions = await listen(async (request, response) => {
  const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  asked.push([operation, JSON.parse(await bodyOf(request))]);
  const isRefusal = typeof says === 'string';
  answer(response, isRefusal ? 400 : 200, JSON.stringify(isRefusal ? { __type: says } : says));
});
pretendAws({ SFN: stepFunctions.url });
Object.assign(process.env, {
  RUN_BATCH_MACHINE: 'arn:run-batch',
  START_ENVIRONMENT_MACHINE: 'arn:start-environment',
  STOP_ENVIRONMENT_MACHINE: 'arn:stop-environment',
  EMERGENCY_STOP_MACHINE: 'arn:emergency-stop',
  RECOVER_SERVICE_MACHINE: 'arn:recover-service',
  PIPELINE_MACHINES: 'arn:aws:states:eu-west-1:123456789012:stateMachine:lamplighter-dev-',
});
const { executionStatus, startEmergencyStop, startExecution, startPipeline, stopExecution } = await import(
  '../../../shared/aws/executions.ts'
);

afterAll(() => stepFunctions.close());
beforeEach(() => {
  asked.length = 0;
});

test('startPipeline - the machine that is named like it', async () => {
  says = { executionArn: EXECUTION, startDate: 1_793_559_605 };
  expect(await startPipeline('collection', 'one', { key: 'x' })).toBe(true);
  const stateMachineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:lamplighter-dev-collection';
  expect(asked).toEqual([['StartExecution', { stateMachineArn, name: 'one', input: '{"key":"x"}' }]]);
  says = 'ExecutionAlreadyExists';
  expect(await startPipeline('collection', 'one', {})).toBe(false);
});

describe('startExecution', () => {
  test.each([
    ['run', 'arn:run-batch'],
    ['start', 'arn:start-environment'],
    ['stop', 'arn:stop-environment'],
    ['recover', 'arn:recover-service'],
  ] as const)('%s - the machine for it, by this name, and true', async (act, stateMachineArn) => {
    says = { executionArn: EXECUTION, startDate: 1_793_559_605 };
    expect(await startExecution(act, 'one', { workload: 'chat-app' })).toBe(true);
    expect(asked).toEqual([['StartExecution', { stateMachineArn, name: 'one', input: '{"workload":"chat-app"}' }]]);
  });

  test('the name was used before - false', async () => {
    says = 'ExecutionAlreadyExists';
    expect(await startExecution('stop', 'one', {})).toBe(false);
  });

  test('any other refusal - gets through by its name', async () => {
    says = 'StateMachineDoesNotExist';
    await expect(startExecution('stop', 'one', {})).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  });

  test('a function that was not given the machine - ConfigurationMissing naming it, and nothing is asked', async () => {
    process.env['STOP_ENVIRONMENT_MACHINE'] = '';
    try {
      await expect(startExecution('stop', 'one', {})).rejects.toMatchObject({
        name: 'ConfigurationMissing',
        message: expect.stringContaining('STOP_ENVIRONMENT_MACHINE'),
      });
    } finally {
      process.env['STOP_ENVIRONMENT_MACHINE'] = 'arn:stop-environment';
    }
    expect(asked).toEqual([]);
  });
});

describe('executionStatus and stopExecution', () => {
  test('an execution - its status; one that is not kept any more - GONE; a refusal - gets through', async () => {
    says = { status: 'TIMED_OUT', executionArn: EXECUTION, stateMachineArn: 'x', startDate: 1 };
    expect(await executionStatus(EXECUTION)).toEqual({ status: 'TIMED_OUT' });
    says = 'ExecutionDoesNotExist';
    expect(await executionStatus(EXECUTION)).toEqual({ status: 'GONE' });
    says = 'AccessDeniedException';
    await expect(executionStatus(EXECUTION)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('cut off - with the cause', async () => {
    says = { stopDate: 1 };
    await stopExecution(EXECUTION, 'stopped by ana: moving');
    expect(asked).toEqual([
      ['StopExecution', { executionArn: EXECUTION, error: 'Swept', cause: 'stopped by ana: moving' }],
    ]);
  });
});

describe('startEmergencyStop', () => {
  const NOW = 1_793_559_605_900;
  /** Refuses so many times. */
  const refusing = (times: number) => {
    const tried: unknown[][] = [];
    const pauses: number[] = [];
    return {
      tried,
      pauses,
      startExecution: async (...asked: unknown[]) => {
        tried.push(asked);
        if (tried.length <= times) throw new Error('throttled');
        return true;
      },
      pause: async (ms: number) => {
        pauses.push(ms);
      },
    };
  };

  test('its machine, by the second, with who and why', async () => {
    const effects = refusing(0);
    await startEmergencyStop({ by: 'kim', why: 'the bill' }, NOW, effects);
    expect(effects.tried).toEqual([['emergency', 'emergency-1793559605', { by: 'kim', why: 'the bill' }]]);
  });

  test('refused three times - asked again under the same name, with a pause', async () => {
    const effects = refusing(3);
    await startEmergencyStop({ by: 'kim', why: 'the bill' }, NOW, effects);
    expect(new Set(effects.tried.map(([, name]) => name)).size).toBe(1);
    expect(effects.pauses).toEqual([1000, 1000, 1000]);
  });

  test('refused for good - the error gets through while a function still has time to say it', async () => {
    const effects = refusing(99);
    await expect(startEmergencyStop({ by: 'kim', why: 'the bill' }, NOW, effects)).rejects.toThrow('throttled');
    expect(effects.tried).toHaveLength(4);
  });
});

import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EXECUTION } from './builders.ts';
import { answer, bodyOf, listen, pretendAws } from './http.ts';

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
});
const { executionStatus, startExecution, stopExecution } = await import('../../shared/executions.ts');

afterAll(() => stepFunctions.close());
beforeEach(() => {
  asked.length = 0;
});

describe('startExecution', () => {
  test.each([
    ['run', 'arn:run-batch'],
    ['start', 'arn:start-environment'],
    ['stop', 'arn:stop-environment'],
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

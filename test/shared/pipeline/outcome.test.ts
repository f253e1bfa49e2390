import { describe, expect, test } from '@jest/globals';
import { outcomeOf } from '../../../shared/pipeline/outcome.ts';

const TIMES = { startedAt: '2026-11-23T07:30:10.000Z', endedAt: '2026-11-23T07:31:10.000Z' };

function lambda(name: string, message: string) {
  return { Error: name, Cause: JSON.stringify({ errorType: name, errorMessage: message }) };
}

describe('outcomeOf a step that succeeded', () => {
  test('of a function of ours - its numbers, its log, its times', () => {
    const result = { exitCode: 0, numbers: { collected: 950 }, log: 'group:one', ...TIMES };
    expect(outcomeOf({ result })).toEqual({
      status: 'succeeded',
      numbers: { collected: 950 },
      log: 'group:one',
      ...TIMES,
    });
  });

  test('of a Lambda - the numbers of what it answered', () => {
    expect(outcomeOf({ result: { payload: { ranked: 10, of: 'all' } } })).toEqual({
      status: 'succeeded',
      numbers: { ranked: 10 },
    });
  });

  test('of a task - the numbers of what it printed last, and when it ran', () => {
    const result = { StartedAt: Date.parse(TIMES.startedAt), StoppedAt: Date.parse(TIMES.endedAt), TaskArn: 'arn' };
    const output = { lines: ['working', '::metric rows=7'] };
    expect(outcomeOf({ result, output })).toEqual({ status: 'succeeded', numbers: { rows: 7 }, ...TIMES });
  });
});

describe('outcomeOf a step that did not', () => {
  test('a command that failed - why, and the numbers it had reported', () => {
    const cause = {
      message: 'the job ended Failed with exit code 3',
      exitCode: 3,
      numbers: { collected: 12 },
      log: 'l',
    };
    expect(outcomeOf({ error: lambda('JobFailed', JSON.stringify(cause)) })).toEqual({
      ...{ status: 'failed', numbers: { collected: 12 }, log: 'l' },
      reason: 'JobFailed: the job ended Failed with exit code 3',
    });
  });

  test('what an earlier try had left - does not count', () => {
    const result = { numbers: { collected: 950 } };
    expect(outcomeOf({ result, error: lambda('HttpFailed', 'answers 503') })).toMatchObject({
      status: 'failed',
      numbers: {},
    });
  });

  test.each([
    ['by its own state', { Error: 'States.Timeout', Cause: '' }, 'the job was still running at its deadline'],
    [
      'by us',
      lambda('DeadlineExceeded', JSON.stringify({ message: 'the job was still running at its deadline' })),
      'DeadlineExceeded: the job was still running at its deadline',
    ],
  ])('it took too long, %s - timed out', (_, error, reason) => {
    expect(outcomeOf({ error })).toEqual({ status: 'timed-out', numbers: {}, reason });
  });

  test.each([
    [
      { Containers: [{ ExitCode: 0 }, { ExitCode: 137, Reason: 'OutOfMemoryError' }], StoppedReason: 'x' },
      '137: OutOfMemoryError',
    ],
    [{ Containers: [{}], StoppedReason: 'CannotPullContainerError' }, '-1: CannotPullContainerError'],
  ])('a task - the exit code of what failed, and why ECS stopped it', (task, said) => {
    const error = { Error: 'States.TaskFailed', Cause: JSON.stringify(task) };
    expect(outcomeOf({ error })).toEqual({
      ...{ status: 'failed', numbers: {}, reason: `the task ended with exit code ${said}` },
    });
  });

  test('a Lambda - its own error', () => {
    expect(outcomeOf({ error: lambda('TypeError', 'x is not a function') })).toMatchObject({
      status: 'failed',
      reason: 'TypeError: x is not a function',
    });
  });
});

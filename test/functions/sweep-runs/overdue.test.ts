import { describe, expect, test } from '@jest/globals';
import { reasonToEnd } from '../../../functions/sweep-runs/overdue.ts';
import { aRun, DEADLINE, minutesAfter } from '../../shared/builders.ts';

function executions(status: string, cause?: string) {
  const stopped: string[] = [];
  return {
    stopped,
    effects: {
      executionStatus: async () => ({ status, ...(cause && { cause }) }),
      stopExecution: async (arn: string) => {
        stopped.push(arn);
      },
    },
  };
}

describe('reasonToEnd', () => {
  test.each([
    ['RUNNING', undefined, undefined],
    ['ABORTED', undefined, 'its execution is aborted'],
    ['ABORTED', 'somebody in the console', 'its execution is aborted'],
    ['ABORTED', 'stopped by ana: a mistake', 'stopped by ana: a mistake'],
    ['TIMED_OUT', undefined, 'its execution is timed out'],
    ['GONE', undefined, 'its execution is gone'],
  ])('%s, with the cause %s - %s, and nothing is cut off', async (status, cause, reason) => {
    const { effects, stopped } = executions(status, cause);
    expect(await reasonToEnd(aRun(), minutesAfter(DEADLINE, 14), effects)).toBe(reason);
    expect(stopped).toEqual([]);
  });

  test('running a quarter of an hour after its deadline - cut off', async () => {
    const { effects, stopped } = executions('RUNNING');
    expect(await reasonToEnd(aRun(), minutesAfter(DEADLINE, 15), effects)).toContain('long after its deadline');
    expect(stopped).toEqual([aRun().execution]);
  });
});

import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { comeBack } from '../../../functions/guard-cost/come-back.ts';

const NOW = Date.parse('2026-11-02T03:00:20Z');
const asked: { ScheduleExpression?: string; Name?: string }[] = [];

function client(error?: Error): SchedulerClient {
  const scheduler = new SchedulerClient({ region: 'ap-northeast-2' });
  scheduler.send = (async ({ input }: { input: object }) => {
    asked.push(input);
    if (error) throw error;
    return {};
  }) as typeof scheduler.send;
  return scheduler;
}

beforeAll(() => {
  Object.assign(process.env, {
    SCHEDULE_GROUP: 'group',
    GUARD_FUNCTION: 'arn:function',
    GUARD_SCHEDULE_ROLE: 'arn:role',
  });
});
beforeEach(() => {
  asked.length = 0;
});

describe('comeBack', () => {
  test.each([
    ['in eight minutes and a half', 8.5, 'at(2026-11-02T03:09:00)'],
    ['in ten seconds: not within this minute, which may be over', 1 / 6, 'at(2026-11-02T03:01:00)'],
    ['it is over already', -1, 'at(2026-11-02T03:01:00)'],
  ])('%s', async (_, minutes, expected) => {
    await comeBack(NOW + minutes * 60_000, NOW, client());
    expect(asked).toMatchObject([
      { ScheduleExpression: expected, GroupName: 'group', ActionAfterCompletion: 'DELETE' },
    ]);
  });

  test.each([
    ['never', undefined],
    ['later than it comes by itself', 16],
  ])('%s - nothing is scheduled', async (_, minutes) => {
    await comeBack(minutes === undefined ? undefined : NOW + minutes * 60_000, NOW, client());
    expect(asked).toEqual([]);
  });

  test('it comes back then already', async () => {
    const conflict = Object.assign(new Error('exists'), { name: 'ConflictException' });
    await expect(comeBack(NOW + 60_000, NOW, client(conflict))).resolves.toBeUndefined();
  });

  test('it cannot be scheduled - the error gets through', async () => {
    await expect(comeBack(NOW + 60_000, NOW, client(new Error('throttled')))).rejects.toThrow('throttled');
  });
});

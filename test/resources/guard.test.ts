import { describe, expect, test } from '@jest/globals';
import { guard } from '../../resources/guard.ts';
import type { Budget } from '../../shared/stage/compiled.ts';
import { anEnvironment, aQueue, aStage, aWorkload, INSTANCE } from '../shared/builders.ts';

type Resource = { Properties: Record<string, unknown> };

const of = (budget: Budget, workloads = { nightly: aWorkload() }) =>
  guard(aStage({ budget, workloads })) as Record<string, Resource | undefined>;

describe('what wakes the guard', () => {
  test('no limit - nothing, so that a stage without a budget pays for none', () => {
    expect(Object.keys(of({}))).toEqual(['GuardScheduleRole']);
  });

  test.each<[string, Budget, { daily: number } | undefined]>([
    ['a daily limit', { daily: 20 }, undefined],
    ['an emergency limit', { emergency: 20 }, undefined],
    ['the bill', { bill: 'account' }, undefined],
    ['the limit of one workload', {}, { daily: 5 }],
  ])('%s - every quarter of an hour', (_, budget, own) => {
    const { GuardSchedule } = of(budget, { nightly: aWorkload({ ...(own && { budget: own }) }) });
    expect(GuardSchedule?.Properties['ScheduleExpression']).toBe('cron(0/15 * * * ? *)');
  });
});

test('the limit of a queue - wakes the guard as well', () => {
  const queues = { crawl: aQueue({ budget: { daily: 5 } }) };
  expect(Object.keys(guard(aStage({ budget: {}, queues })))).toContain('GuardSchedule');
});

describe("AWS's own budget", () => {
  const backstop = { daily: 60, to: ['one@example.com', 'two@example.com'] };

  test('over its limit - people are written to, and the instances of the stage are stopped by AWS', () => {
    const { BackstopBudget, BackstopAction, BackstopRole } = of({ backstop });
    expect(BackstopBudget?.Properties['Budget']).toMatchObject({
      TimeUnit: 'DAILY',
      BudgetLimit: { Amount: 60, Unit: 'USD' },
    });
    expect(BackstopAction?.Properties).toMatchObject({
      ActionType: 'RUN_SSM_DOCUMENTS',
      ApprovalModel: 'AUTOMATIC',
      Definition: { SsmActionDefinition: { Subtype: 'STOP_EC2_INSTANCES', InstanceIds: [INSTANCE] } },
      Subscribers: backstop.to.map((Address) => ({ Type: 'EMAIL', Address })),
    });
    expect(JSON.stringify(BackstopRole)).toContain(`instance/${INSTANCE}`);
  });

  test('of a tag - it goes by what has the tag', () => {
    const { BackstopBudget } = of({ backstop, bill: { tag: { key: 'project', value: 'makenaide' } } });
    expect(BackstopBudget?.Properties['Budget']).toMatchObject({
      CostFilters: { TagKeyValue: ['user:project$makenaide'] },
    });
  });

  test('a stage of environments alone - people are written to; there are no instances to stop', () => {
    const found = guard(aStage({ budget: { backstop }, workloads: { 'chat-app': anEnvironment() } }));
    expect(Object.keys(found)).toEqual(['GuardScheduleRole', 'BackstopBudget']);
  });
});

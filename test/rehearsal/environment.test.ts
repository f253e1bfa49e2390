import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act, loud, runsOf } from './stage.ts';

const stage = 'environment-hours' as const;
const OCTOBER = { stage, from: '2026-10-01', days: 31 };
/** A Monday. */
const DAY = { stage, from: '2026-10-12', days: 1 };
const WEEK = { stage, from: '2026-10-12', days: 5 };

const starts = (report: Report) => runsOf(report, 'chat-app').filter(({ act: did }) => did === 'start');
const stops = (report: Report) => runsOf(report, 'chat-app').filter(({ act: did }) => did === 'stop');
const titles = (report: Report) => report.notices.map(({ title }) => title);

describe('a month', () => {
  let october: Report;

  beforeAll(async () => {
    october = await act({}, OCTOBER);
  });

  test('October 2026 in Korea - up on its 20 working days from nine to six, no violation', () => {
    const report = october;

    expect(report.violations).toEqual([]);
    const up = starts(report).filter(({ status }) => status === 'succeeded');
    expect(up.map(({ key }) => key)).toEqual(
      [1, 2, 6, 7, 8, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30].map(
        (day) => `2026-10-${String(day).padStart(2, '0')}T09:00`,
      ),
    );
    expect(starts(report).filter(({ status }) => status !== 'succeeded')).toMatchObject([
      { key: '2026-10-05T09:00', status: 'skipped', reason: expect.stringContaining('closed: ') },
      { key: '2026-10-09T09:00', status: 'skipped', reason: expect.stringContaining('closed: ') },
    ]);
    const deleted = stops(report).filter(({ status, reason }) => status === 'succeeded' && reason === undefined);
    expect(deleted.map(({ key }) => key)).toEqual(up.map(({ key }) => key.replace('T09', 'T18')));
    expect(loud(report)).toEqual([]);
  });

  test('its costs - by parts, both instances counted, three quarters saved', () => {
    const { onHours, cost } = october.workloads['chat-app'] ?? { onHours: 0, cost: {} };

    // Twenty days of nine hours, and the minutes that deleting takes.
    expect(onHours).toBeGreaterThan(180);
    expect(onHours).toBeLessThan(180 + (20 * 13) / 60);
    const hourly = 2 * 0.023 + 0.178 + 0.017;
    expect(cost.alwaysOn).toBeCloseTo(31 * 24 * hourly, 1);
    expect(cost.actual).toBeCloseTo(onHours * hourly, 1);
    expect(cost.savedPercent).toBeGreaterThan(74);
    expect(cost.parts?.map(({ count }) => count)).toEqual([2, 1, 1]);
  });

  test('people say keep, stop and start - each is obeyed, and undone by itself', async () => {
    const people = [
      { at: '2026-10-15T17:30', act: 'keep', workload: 'chat-app', until: '2026-10-15T22:00', why: 'a release' },
      { at: '2026-10-20T12:00', act: 'stop', workload: 'chat-app', until: '2026-10-20T23:00', why: 'nobody is in' },
      { at: '2026-10-24T13:00', act: 'start', workload: 'chat-app', until: '2026-10-24T16:00', why: 'a demonstration' },
    ];
    const report = await act({ people }, OCTOBER);

    expect(report.violations).toEqual([]);
    expect(stops(report)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          key: '2026-10-15T18:00',
          status: 'skipped',
          reason: expect.stringMatching(/^kept by/),
        }),
        expect.objectContaining({ key: '2026-10-15T22:00', status: 'succeeded', by: 'sweeper' }),
        expect.objectContaining({ key: expect.stringMatching(/^2026-10-20T12:00/), status: 'succeeded' }),
        expect.objectContaining({ key: '2026-10-24T16:00', status: 'succeeded' }),
      ]),
    );
    expect(starts(report)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: expect.stringMatching(/^2026-10-24T13:00/), status: 'succeeded' }),
        expect.objectContaining({ key: '2026-10-21T09:00', status: 'succeeded' }),
      ]),
    );
  });
});

describe('the state of the stack beforehand', () => {
  // Independent of the code's own table: what a person would want of each.
  test.each([
    ['absent', 'created'],
    ['CREATE_COMPLETE', 'as it is'],
    ['UPDATE_COMPLETE', 'as it is'],
    ['UPDATE_ROLLBACK_COMPLETE', 'as it is'],
    ['IMPORT_COMPLETE', 'as it is'],
    ['IMPORT_ROLLBACK_COMPLETE', 'as it is'],
    ['CREATE_FAILED', 'deleted and created'],
    ['ROLLBACK_COMPLETE', 'deleted and created'],
    ['ROLLBACK_FAILED', 'deleted and created'],
    ['CREATE_IN_PROGRESS', 'waited for'],
    ['DELETE_IN_PROGRESS', 'waited for and created'],
    ['ROLLBACK_IN_PROGRESS', 'deleted and created'],
    ['UPDATE_IN_PROGRESS', 'waited for'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'waited for'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'waited for'],
    ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'waited for'],
    ['IMPORT_IN_PROGRESS', 'waited for'],
    ['IMPORT_ROLLBACK_IN_PROGRESS', 'waited for'],
    ['DELETE_FAILED', 'a person’s'],
    ['UPDATE_FAILED', 'a person’s'],
    ['UPDATE_ROLLBACK_FAILED', 'a person’s'],
    ['IMPORT_ROLLBACK_FAILED', 'a person’s'],
    ['REVIEW_IN_PROGRESS', 'a person’s'],
  ])('%s - %s in the morning, gone in the evening', async (state, expected) => {
    const report = await act({ stacks: { 'chat-app': { state } } }, DAY);

    expect(report.violations).toEqual([]);
    const calls = report.control.apiCalls;
    const [start] = starts(report);
    if (expected === 'a person’s') {
      expect(start).toMatchObject({ status: 'failed', reason: expect.stringContaining(`StackNeedsPerson: ${state}`) });
      expect(loud(report)).toContain('critical: chat-app could not be started');
    } else expect(start).toMatchObject({ status: 'succeeded' });
    expect(calls['cloudformation.CreateStack'] ?? 0).toBe(/created/.test(expected) ? 1 : 0);
    const isEmpty = ['REVIEW_IN_PROGRESS'].includes(state);
    const deletions = (expected === 'deleted and created' ? 1 : 0) + (isEmpty ? 0 : 1);
    expect(calls['cloudformation.DeleteStack'] ?? 0).toBe(deletions);
    expect(stops(report).at(-1)).toMatchObject({ key: '2026-10-12T18:00', status: 'succeeded' });
  });
});

describe('scenarios', () => {
  test('the image is missing - nothing is created, the repository is named, after five mornings nothing is tried', async () => {
    const report = await act({ images: { 'chat-chat-http': 'empty' } }, { ...OCTOBER, days: 12 });

    expect(report.violations).toEqual([]);
    expect(report.control.apiCalls['cloudformation.CreateStack']).toBeUndefined();
    const [first] = starts(report);
    expect(first).toMatchObject({ status: 'failed', reason: expect.stringContaining('chat-chat-http has no image') });
    expect(starts(report).at(-1)?.reason).toMatch(/^breaker open: 5 failures in a row/);
  });

  test('creation fails in a nested stack - the inner resource and AWS’s reason are named; the next morning it works', async () => {
    const fault = {
      stack: 'create',
      fails: 'DatabaseStack/Cluster',
      reason: 'You have reached your limit.',
      runs: [1],
    };
    const report = await act({ faults: [fault] }, { ...DAY, days: 2 });

    expect(report.violations).toEqual([]);
    expect(starts(report)).toMatchObject([
      {
        status: 'failed',
        reason: expect.stringMatching(
          /DatabaseStack\/Cluster \(AWS::DocDB::DBCluster\): .*You have reached your limit/,
        ),
      },
      { status: 'succeeded' },
    ]);
  });

  test('deletion fails once - it is tried again at once, and nobody has to be told', async () => {
    const fault = { stack: 'delete', fails: 'NetworkStack', reason: 'has a dependent object', times: 1 };
    const report = await act({ faults: [fault] }, DAY);

    expect(report.violations).toEqual([]);
    expect(report.control.apiCalls['cloudformation.DeleteStack']).toBe(2);
    expect(stops(report)).toMatchObject([{ status: 'succeeded' }]);
    expect(loud(report)).toEqual([]);
  });

  test('deletion fails and fails - people are told what holds it, again every hour, until it is gone', async () => {
    const fault = { stack: 'delete', fails: 'NetworkStack', reason: 'has a dependent object', times: 8 };
    const report = await act({ faults: [fault] }, DAY);

    expect(report.violations).toEqual([]);
    expect(stops(report)[0]).toMatchObject({ status: 'failed', reason: expect.stringContaining('NetworkStack') });
    expect(loud(report).filter((text) => text === 'critical: chat-app is still up').length).toBeGreaterThanOrEqual(3);
    expect(stops(report).at(-1)).toMatchObject({ by: 'sweeper', status: 'succeeded' });
  });

  test('somebody deploys at 17:59 - it is let finish, and then deleted', async () => {
    const report = await act({ faults: [{ deployment: '25m', at: '2026-10-12T17:59', workload: 'chat-app' }] }, DAY);

    expect(report.violations).toEqual([]);
    const [stop] = stops(report);
    expect(stop).toMatchObject({ key: '2026-10-12T18:00', status: 'succeeded' });
    expect(stop?.endedAt?.slice(11, 16) ?? '').toMatch(/^18:[234]/);
  });

  test('somebody deploys for longer than may be waited - people are told, and it is deleted later', async () => {
    const report = await act({ faults: [{ deployment: '150m', at: '2026-10-12T17:59', workload: 'chat-app' }] }, DAY);

    expect(report.violations).toEqual([]);
    expect(stops(report)[0]).toMatchObject({
      status: 'timed-out',
      reason: expect.stringContaining('UPDATE_IN_PROGRESS'),
    });
    expect(stops(report).at(-1)).toMatchObject({ by: 'sweeper', status: 'succeeded' });
  });

  test('CloudFormation and ECR throttle - every run still ends well', async () => {
    for (const call of [
      ...['DescribeStacks', 'CreateStack', 'DeleteStack', 'GetTemplate', 'ListStackResources'].map(
        (name) => `cloudformation.${name}`,
      ),
      'ecr.DescribeImages',
    ]) {
      const report = await act({ faults: [{ call, error: 'ThrottlingException', times: 4 }] }, DAY);
      expect(report.violations).toEqual([]);
      expect(runsOf(report, 'chat-app').map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    }
  });

  test('starts and stops are lost, late or come twice - it is up and gone all the same, once', async () => {
    for (const delivery of ['lost', 'late', 'twice']) {
      const report = await act({ faults: [{ delivery }] }, DAY);
      expect(report.violations).toEqual([]);
      expect(runsOf(report, 'chat-app').map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
      expect(report.control.apiCalls['cloudformation.CreateStack']).toBe(1);
      expect(report.control.apiCalls['cloudformation.DeleteStack']).toBe(1);
    }
  });

  test('the stage is paused over night - it is stopped all the same, and not started', async () => {
    const people = [{ at: '2026-10-12T12:00', act: 'pause' }];
    const report = await act({ people }, { ...DAY, days: 2 });

    expect(report.violations).toEqual([]);
    expect(stops(report)[0]).toMatchObject({ key: '2026-10-12T18:00', status: 'succeeded' });
    expect(starts(report)[1]).toMatchObject({
      status: 'skipped',
      reason: expect.stringMatching(/^the stage is paused/),
    });
  });

  test('a week - it is said to be up five times and deleted five times', async () => {
    const report = await act({}, WEEK);
    expect(titles(report).filter((title) => title === 'chat-app is up')).toHaveLength(5);
    expect(titles(report).filter((title) => title === 'chat-app is deleted')).toHaveLength(5);
  });
});

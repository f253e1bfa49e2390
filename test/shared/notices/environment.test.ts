import { describe, expect, test } from '@jest/globals';
import { environmentBeginsNotice, environmentEndedNotice } from '../../../shared/notices/environment.ts';
import { endedNotice } from '../../../shared/notices/run.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { anEnvironment, anEnvironmentRun, aStage, STOP_EXECUTION, STOP_KEY } from '../builders.ts';

const STAGE = aStage({ workloads: { 'chat-app': anEnvironment() } });
const START = { act: 'start', key: '2026-11-02T09:00', admittedAt: '2026-11-02T00:00:03.000Z' } as const;
/** 09:12 and 18:20 in Seoul. */
const UP = Date.parse('2026-11-02T00:12:00Z');
const GONE = Date.parse('2026-11-02T09:20:00Z');

const start = (run: Partial<Run>, now = UP) =>
  environmentEndedNotice(anEnvironmentRun({ ...START, endedAt: new Date(now).toISOString(), ...run }), STAGE, now);
const stop = (run: Partial<Run>) =>
  environmentEndedNotice(anEnvironmentRun({ endedAt: new Date(GONE).toISOString(), ...run }), STAGE, GONE);

const COSTS = 'Until it is gone it costs money.';
const AGAIN = 'It is tried again every hour, and said again.';
const BY_HAND = 'By hand: aws cloudformation delete-stack --stack-name ChatAppMasterStack';

describe('environmentBeginsNotice', () => {
  test.each([
    ['start', 'chat-app is being created'],
    ['stop', 'chat-app is being deleted'],
  ] as const)('%s - says so, with the local time', (act, title) => {
    expect(environmentBeginsNotice({ ...anEnvironmentRun(), act }, STAGE, GONE)).toEqual({
      id: `chat-app ${STOP_KEY} began`,
      at: '2026-11-02T18:20:00+09:00',
      stage: 'dev',
      workload: 'chat-app',
      severity: 'info',
      title,
      lines: ['Begun at 18:20.'],
      execution: STOP_EXECUTION,
      kind: 'environment',
      run: STOP_KEY,
      links: [
        { label: 'Run', url: expect.stringContaining(STOP_EXECUTION) },
        { label: 'Stack', url: expect.stringContaining('filteringText=ChatAppMasterStack') },
      ],
    });
  });

  test('by a person - by whom; by the sweeper - not', () => {
    const lines = (by: string) =>
      environmentBeginsNotice({ ...anEnvironmentRun({ by }), act: 'stop' }, STAGE, GONE).lines;
    expect(lines('ana')).toEqual(['Begun at 18:20.', 'Asked for by ana.']);
    expect(lines('sweeper')).toEqual(['Begun at 18:20.']);
  });
});

describe('environmentEndedNotice, its severity and title', () => {
  test.each<[Partial<Run>, string, string]>([
    [{ status: 'succeeded' }, 'success', 'chat-app is up'],
    [{ status: 'failed', reason: 'StackFailed' }, 'critical', 'chat-app could not be started'],
    [{ status: 'timed-out', reason: 'DeadlineExceeded' }, 'critical', 'chat-app is not up in time'],
    [{ status: 'skipped', reason: 'busy: x' }, 'warning', 'chat-app was not started'],
    [{ status: 'aborted', reason: 'x' }, 'critical', 'chat-app was cut off while it was started'],
  ])('a start that ended as %j - as loud as it deserves', (run, severity, title) => {
    expect(start(run)).toMatchObject({ severity, title });
  });

  test.each<[Partial<Run>, string, string]>([
    [{ status: 'succeeded' }, 'success', 'chat-app is deleted'],
    [{ status: 'failed', reason: 'DataWouldBeLost' }, 'critical', 'chat-app could not be deleted'],
    [{ status: 'timed-out', reason: 'DeadlineExceeded' }, 'critical', 'chat-app is not deleted in time'],
    [{ status: 'skipped', reason: 'busy: x' }, 'critical', 'chat-app was not deleted'],
    [{ status: 'aborted', reason: 'x' }, 'critical', 'chat-app was cut off while it was deleted'],
  ])('a stop that ended as %j - as loud as it deserves', (run, severity, title) => {
    expect(stop(run)).toMatchObject({ severity, title });
  });
});

describe('environmentEndedNotice, its words', () => {
  test('it is up - the time it took, its images, and when it is deleted', () => {
    expect(start({ status: 'succeeded', images: { ApiTag: 'api-7', WebTag: 'web-2' } })?.lines).toEqual([
      'It took 12 min.',
      'ApiTag: api-7',
      'WebTag: web-2',
      'It is deleted at 18:00, unless somebody keeps it.',
    ]);
  });

  test('it was up before - says so, and takes no time', () => {
    expect(start({ status: 'succeeded', reason: 'already up' })?.lines).toEqual([
      'already up',
      'It is deleted at 18:00, unless somebody keeps it.',
    ]);
  });

  test('started by hand in the evening - the stop of the next day', () => {
    const evening = Date.parse('2026-11-07T20:00:00+09:00');
    const { lines = [] } = start({ status: 'succeeded', reason: 'already up', by: 'ana' }, evening) ?? {};
    expect(lines.at(-1)).toBe('It is deleted at 18:00, unless somebody keeps it.');
  });

  test('it is deleted - how long that took, and nothing of a stop to come', () => {
    expect(stop({ status: 'succeeded' })?.lines).toEqual(['It took 20 min.']);
  });

  test('a start failed - the reason, and what it means', () => {
    const reason = 'StackNeedsPerson: UPDATE_ROLLBACK_FAILED; Db/Cluster (AWS::DocDB::DBCluster): no';
    expect(start({ status: 'failed', reason })?.lines).toEqual([
      reason,
      'CloudFormation cannot go on from this state by itself, and neither does Lamplighter.',
    ]);
  });

  test('the start that opens the breaker - how to resume', () => {
    const run = { status: 'failed', reason: 'StackFailed', failuresInRow: 5, breakerFailures: 5 } as const;
    expect(start(run)?.did).toEqual([expect.stringContaining('until somebody resumes chat-app')]);
    expect(start(run)?.todo).toEqual([expect.stringContaining('npx sls ops resume --stage dev --workload chat-app')]);
  });

  test('data would be lost - that nothing was deleted, and how to delete it', () => {
    expect(stop({ status: 'failed', reason: 'DataWouldBeLost: Bucket' })).toMatchObject({
      lines: ['DataWouldBeLost: Bucket', 'Nothing was deleted.', COSTS],
      did: [AGAIN],
      todo: [BY_HAND],
    });
  });

  test.each<[Partial<Run>, boolean]>([
    [{ status: 'failed', reason: 'x' }, true],
    [{ status: 'timed-out', reason: 'x' }, true],
    [{ status: 'aborted', reason: 'x' }, true],
    [{ status: 'skipped', reason: 'busy: x' }, true],
    [{ status: 'failed', reason: 'x', retryOf: STOP_KEY }, true],
    [{ status: 'skipped', reason: 'kept by ben until x: y', by: 'ana' }, false],
    [{ status: 'succeeded' }, false],
  ])('a stop that ended as %j - that it is tried again: %s', (run, isSaid) => {
    expect(stop(run)?.lines.includes(COSTS)).toBe(isSaid);
    expect(stop(run)?.did).toEqual(isSaid ? [AGAIN] : undefined);
    expect(stop(run)?.todo).toEqual(isSaid ? [BY_HAND] : undefined);
  });

  test('the workload was taken out of the stage file - said all the same', () => {
    const run = anEnvironmentRun({ status: 'failed', reason: 'x' });
    expect(environmentEndedNotice(run, aStage(), GONE)).toMatchObject({ lines: ['x'] });
    const up = anEnvironmentRun({ ...START, status: 'succeeded', reason: 'already up' });
    expect(environmentEndedNotice(up, aStage(), UP)).toMatchObject({ lines: ['already up'] });
  });
});

describe('endedNotice of an environment', () => {
  const said = (run: Partial<Run>) => endedNotice(anEnvironmentRun(run), STAGE, GONE) !== undefined;

  test.each<[string, Partial<Run>, boolean]>([
    ['a stop by hand found nothing', { status: 'succeeded', reason: 'already gone', by: 'ana' }, true],
    ['kept', { status: 'skipped', reason: 'kept by ana until x: y' }, false],
    ['a stop by hand while it is kept', { status: 'skipped', reason: 'kept by ana until x: y', by: 'ben' }, true],
    ['within its hours', { status: 'skipped', reason: 'within its hours', by: 'sweeper' }, false],
    ['its hours are over', { act: 'start', status: 'skipped', reason: 'late: its hours are over' }, false],
    ['late', { act: 'start', status: 'skipped', reason: 'late: delivered 61 minutes after its time' }, true],
    ['busy', { status: 'skipped', reason: 'busy: x' }, true],
    ['a holiday', { act: 'start', status: 'skipped', reason: 'closed: x' }, false],
    ['it was up', { act: 'start', status: 'succeeded', reason: 'already up' }, true],
    ['a failure that reads like a routine skip', { status: 'failed', reason: 'kept' }, true],
  ])('%s - said: %s', (_, run, expected) => {
    expect(said(run)).toBe(expected);
  });

  test.each(['schedule', 'sweeper'])(
    'a stop of the %s found nothing - a start that failed is over with its hours',
    (by) => {
      const run = anEnvironmentRun({ status: 'succeeded', reason: 'already gone', by });
      expect(endedNotice(run, STAGE, GONE)).toMatchObject({
        ...{ cause: 'start', state: 'resolved', severity: 'success' },
        title: 'chat-app need not be up any more',
      });
    },
  );

  test('the packaged holidays end soon - said with it', () => {
    const stage = aStage({ ...STAGE, calendar: { closed: {}, open: [], until: '2026-11-30' } });
    const notice = endedNotice(anEnvironmentRun({ status: 'succeeded' }), stage, GONE);
    expect(notice?.todo?.at(-1)).toContain('Holidays are known until 2026-11-30');
  });
});

describe('environmentEndedNotice, what it is part of', () => {
  const KEYS = { start: START.key, stop: STOP_KEY };
  const BUSY = 'busy: the run of x is still going on';

  test.each<['start' | 'stop', Partial<Run>, 'resolves' | 'opens' | 'neither']>([
    ['start', { status: 'succeeded' }, 'resolves'],
    ['start', { status: 'failed', reason: 'x' }, 'opens'],
    ['start', { status: 'timed-out', reason: 'x' }, 'opens'],
    ['start', { status: 'skipped', reason: BUSY }, 'opens'],
    ['start', { status: 'skipped', reason: 'paused by ben: y', by: 'ana' }, 'neither'],
    ['stop', { status: 'succeeded' }, 'resolves'],
    ['stop', { status: 'failed', reason: 'x' }, 'opens'],
    ['stop', { status: 'aborted', reason: 'x' }, 'opens'],
    ['stop', { status: 'skipped', reason: BUSY }, 'opens'],
    ['stop', { status: 'skipped', reason: 'kept by ben until x: y', by: 'ana' }, 'neither'],
  ])('a %s that ended as %j - %s the incident of it', (act, run, expected) => {
    const { cause, state, resolves, run: key } = (act === 'start' ? start(run) : stop(run)) ?? {};
    expect({ cause, state, resolves, key }).toEqual({
      cause: expected === 'opens' ? act : undefined,
      state: expected === 'opens' ? 'open' : undefined,
      // What is deleted at the end of its hours need not be started any more either.
      resolves: expected === 'resolves' ? { start: ['start'], stop: ['stop', 'start'] }[act] : undefined,
      key: expected === 'opens' ? undefined : KEYS[act],
    });
  });

  test('a start that failed - how to start it again', () => {
    expect(start({ status: 'failed', reason: 'x' })?.todo).toEqual([
      expect.stringContaining('npx sls ops start --stage dev --workload chat-app'),
    ]);
  });
});

import { describe, expect, test } from '@jest/globals';
import {
  breakerLines,
  calendarLines,
  head,
  isRoutine,
  local,
  meaningsOf,
  minutes,
  title,
} from '../../shared/notice-parts.ts';
import { aRun, aStage, aWorkload, EXECUTION, KEY } from './builders.ts';

const NOW = Date.parse('2026-11-01T17:40:00.000Z');
const NEW_YORK = aStage({ workloads: { nightly: aWorkload({ timezone: 'America/New_York' }) } });

describe('isRoutine', () => {
  test.each([
    'closed: Founding Day',
    'not a working day: Sunday',
    'skipped by ana: x',
    'paused by ana: x',
    'the stage is paused by ana: x',
    'kept by ana until x: y',
    'within its hours',
    'late: its hours are over',
  ])('skipped as %s - of the schedule and the sweeper; a person is answered', (reason) => {
    const skipped = (by: string) => isRoutine(aRun({ status: 'skipped', reason, by }));
    expect(['schedule', 'sweeper', 'ana'].map(skipped)).toEqual([true, true, false]);
    expect(isRoutine(aRun({ status: 'failed', reason }))).toBe(false);
  });

  test.each([
    'busy: the run of x',
    'breaker open: 5 failures in a row',
    'late: delivered 61 minutes after its time',
    'keptish',
    'closedown',
    'it was closed: x',
    undefined,
  ])('skipped as %s - not routine', (reason) => {
    expect(isRoutine(aRun({ status: 'skipped', reason }))).toBe(false);
  });
});

describe('meaningsOf', () => {
  test.each([
    ['DataWouldBeLost: Bucket', 'Nothing was deleted.'],
    ['StackNeedsPerson: REVIEW_IN_PROGRESS', 'A change set waits for review: execute it or delete it.'],
    ['StackNeedsPerson: UPDATE_FAILED; x', 'CloudFormation cannot go on'],
    ['CloudFormation.CloudFormationException: User is not authorized to perform', 'The role may not do this'],
  ])('%s - says what that means', (reason, meaning) => {
    expect(meaningsOf(reason)[0]).toMatch(meaning);
  });

  test.each(['', 'StackFailed: x', 'x DataWouldBeLost'])('%j - no meaning is made up', (reason) => {
    expect(meaningsOf(reason)).toEqual([]);
  });
});

describe('the parts', () => {
  test('head - one id for each event of a run, the time in the zone of the stage', () => {
    const run = { workload: 'nightly', key: KEY, execution: EXECUTION };
    expect(head(run, NEW_YORK, 'failed', 'warning', 'nightly failed', NOW)).toEqual({
      id: `nightly ${KEY} failed`,
      at: '2026-11-02T02:40:00+09:00',
      stage: 'dev',
      workload: 'nightly',
      severity: 'warning',
      title: 'nightly failed',
      execution: EXECUTION,
    });
    expect(head({ workload: 'nightly', key: KEY }, NEW_YORK, 'x', 'info', 'y', NOW)).not.toHaveProperty('execution');
  });

  test('title and local - the time in the zone of the workload, and of the stage where there is none', () => {
    expect(title({ workload: 'nightly', key: KEY })).toBe('nightly 2026-11-02 02:00');
    expect(local(NOW, { workload: 'nightly' }, NEW_YORK)).toBe('12:40');
    expect(local('2026-11-01T17:40:00Z', { workload: 'gone' }, NEW_YORK)).toBe('02:40');
  });

  test.each([
    [0, '0 s'],
    [89.4, '89 s'],
    [90, '2 min'],
    [7140, '119 min'],
    [7200, '2 h 0 min'],
    [9030, '2 h 31 min'],
  ])('minutes, %d seconds - %s', (seconds, text) => {
    expect(minutes(seconds)).toBe(text);
  });

  test('breakerLines - only from the failure on that opens it, and when it is known how many that takes', () => {
    const lines = (failuresInRow?: number, breakerFailures?: number) =>
      breakerLines(aRun({ ...(failuresInRow && { failuresInRow }), ...(breakerFailures && { breakerFailures }) }));
    expect([lines(), lines(2, 3), lines(9)]).toEqual([[], [], []]);
    for (const failures of [3, 4]) expect(lines(failures, 3)[0]).toMatch(`${failures} failures in a row`);
  });

  test('calendarLines - in the last thirty days, and after', () => {
    const lines = (until: string) => calendarLines(aStage({ calendar: { closed: {}, open: [], until } }), NOW);
    expect(lines('2026-12-02')).toEqual([]);
    expect(lines('2026-12-01')).toHaveLength(1);
    expect(lines('2026-10-01')[0]).toContain('2026-10-01');
  });
});

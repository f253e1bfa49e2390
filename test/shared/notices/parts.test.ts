import { describe, expect, test } from '@jest/globals';
import {
  calendarLines,
  head,
  isRoutine,
  isWanted,
  local,
  meaningsOf,
  minutes,
  named,
  opensBreaker,
  told,
} from '../../../shared/notices/parts.ts';
import { wordsOf } from '../../../shared/words/words.ts';
import { aRun, aStage, aWorkload, EXECUTION, KEY } from '../builders.ts';

const NOW = Date.parse('2026-11-01T17:40:00.000Z');
const EN = wordsOf(aStage());
const KO = wordsOf(aStage({ notify: { language: 'ko' } }));
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
    expect(isWanted(aRun({ status: 'skipped', reason, by: 'ana' }))).toBe(true);
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
    expect(meaningsOf(reason, EN)[0]).toMatch(meaning);
    expect(meaningsOf(reason, KO)[0]).toMatch(/[가-힣]/);
  });

  test.each(['', 'StackFailed: x', 'x DataWouldBeLost'])('%j - no meaning is made up', (reason) => {
    expect(meaningsOf(reason, EN)).toEqual([]);
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
      kind: 'batch',
      links: [{ label: 'Run', url: expect.stringContaining(EXECUTION) }],
    });
    expect(head({ workload: 'gone', key: KEY }, NEW_YORK, 'x', 'info', 'y', NOW)).toEqual({
      ...{ id: `gone ${KEY} x`, at: '2026-11-02T02:40:00+09:00', stage: 'dev', workload: 'gone' },
      ...{ severity: 'info', title: 'y', links: [] },
    });
  });

  test('told - without what there is nothing of, and with the links of both', () => {
    const link = (label: string) => ({ label, url: `https://${label}.test/` });
    const start = { ...head({ workload: 'gone', key: KEY }, NEW_YORK, 'x', 'info', 'y', NOW), links: [link('a')] };
    expect(told(start, { lines: [], did: [], todo: ['do'], links: [link('b')] })).toMatchObject({
      ...{ lines: [], todo: ['do'], links: [link('a'), link('b')] },
    });
    expect(Object.keys(told({ ...start, links: [] }, { lines: ['x'], did: [], todo: [] })).sort()).toEqual([
      ...['at', 'id', 'lines', 'severity', 'stage', 'title', 'workload'],
    ]);
  });

  test('named - the time alone on its own day, in the zone of the workload; later with the date', () => {
    const run = { workload: 'nightly', key: KEY };
    expect(named(run, aStage(), NOW)).toBe('nightly 02:00');
    expect(named(run, aStage(), NOW + 24 * 3_600_000)).toBe('nightly 11-02 02:00');
    expect(named(run, NEW_YORK, NOW)).toBe('nightly 11-02 02:00');
    expect(named({ workload: 'nightly', key: '2026-11-01T13:00:15' }, NEW_YORK, NOW)).toBe('nightly 13:00:15');
  });

  test('local - the time in the zone of the workload, and of the stage where there is none', () => {
    expect(local(NOW, { workload: 'nightly' }, NEW_YORK)).toBe('12:40');
    expect(local('2026-11-01T17:40:00Z', { workload: 'gone' }, NEW_YORK)).toBe('02:40');
  });

  test.each([
    [0, '0 s', '0초'],
    [89.4, '89 s', '89초'],
    [90, '2 min', '2분'],
    [7140, '119 min', '119분'],
    [7200, '2 h 0 min', '2시간'],
    [9030, '2 h 31 min', '2시간 31분'],
  ])('minutes, %d seconds - %s, %s', (seconds, english, korean) => {
    expect(minutes(seconds, EN)).toBe(english);
    expect(minutes(seconds, KO)).toBe(korean);
  });

  test('opensBreaker - only from the failure on that opens it, and when it is known how many that takes', () => {
    const isOpen = (failuresInRow?: number, breakerFailures?: number) =>
      opensBreaker(aRun({ ...(failuresInRow && { failuresInRow }), ...(breakerFailures && { breakerFailures }) }));
    expect([isOpen(), isOpen(2, 3), isOpen(9), isOpen(3, 3), isOpen(4, 3)]).toEqual([false, false, false, true, true]);
  });

  test('calendarLines - in the last thirty days, and after', () => {
    const lines = (until: string) => calendarLines(aStage({ calendar: { closed: {}, open: [], until } }), NOW);
    expect(lines('2026-12-02')).toEqual([]);
    expect(lines('2026-12-01')).toHaveLength(1);
    expect(lines('2026-10-01')[0]).toContain('2026-10-01');
  });
});

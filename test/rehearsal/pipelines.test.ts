import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Report } from '../../rehearsal/index.ts';
import { act, loud, runsOf } from './stage.ts';

const FOLDER = 'examples/scenarios/daily-batch';

/** Rehearses a scenario that is shipped for the example. */
function shipped(name: string): Promise<Report> {
  const { from, days, ...scenario } = parse(readFileSync(`${FOLDER}/${name}.yml`, 'utf8')) as {
    from: string;
    days: number;
  };
  return act(scenario, { stage: 'daily-batch', from, days });
}

/** The runs of a pipeline as `key status: reason`. */
function endings(report: Report, workload: string): string[] {
  return runsOf(report, workload).map(({ key, status, reason }) => `${key} ${status}${reason ? `: ${reason}` : ''}`);
}

/** How the steps of a run ended, by their names. */
function steps(report: Report, workload: string, index = 0): Record<string, string> {
  const { steps: ended = [] } = runsOf(report, workload)[index] ?? {};
  return Object.fromEntries(ended.map(({ name, status, tries }) => [name, tries ? `${status} ${tries}` : status]));
}

/** Minutes from the time that a run was for. */
function minutes(report: Report, title: string): number {
  const { at } = report.notices.find((notice) => notice.title.includes(title)) ?? {};
  const [{ scheduledFor = '' } = {}] = runsOf(report, 'collection');
  return (Date.parse(at ?? '') - Date.parse(scheduledFor)) / 60_000;
}

test('30 days - both pipelines on trading days alone, the second right after the first, durations, counts and medians', async () => {
  const report = await shipped('usual');
  expect(report.violations).toEqual([]);
  const skipped = runsOf(report, 'collection').filter(({ status }) => status === 'skipped');
  expect(skipped.map(({ key }) => key.slice(0, 10))).toEqual(['2026-12-25', '2026-12-31', '2027-01-01']);
  const done = runsOf(report, 'collection').filter(({ status }) => status === 'succeeded');
  expect(done).toHaveLength(19);
  expect(runsOf(report, 'indicators').map(({ key, status, by }) => [key, status, by])).toEqual(
    done.map(({ key }) => [key, 'succeeded', 'collection']),
  );
  for (const [index, second] of runsOf(report, 'indicators').entries())
    expect(Date.parse(second.startedAt ?? '') - Date.parse(done[index]?.endedAt ?? '')).toBeLessThan(10_000);
  const { collection, indicators } = report.pipelines ?? {};
  expect(collection?.ended).toEqual({ succeeded: 19, skipped: 3 });
  expect(collection?.seconds?.longest).toBeLessThan(600);
  expect(indicators?.seconds?.longest).toBeLessThan(300);
  expect(collection?.steps['save']?.numbers['collected']?.lowest).toBeGreaterThanOrEqual(2705);
  expect(collection?.steps['kospi']?.needs).toEqual(['check']);
  expect(loud(report)).toEqual([]);
});

test('KOSPI slow - said after ten minutes while it goes on, then a success to be looked at', async () => {
  const report = await shipped('kospi-slow');
  expect(report.violations).toEqual([]);
  expect(loud(report)).toEqual([
    'warning: collection 16:30 takes long',
    'warning: collection 16:30 succeeded: look at it',
  ]);
  expect(minutes(report, 'takes long')).toBeCloseTo(10, 0);
  expect(endings(report, 'indicators')).toEqual(['2026-11-02T16:30 succeeded']);
});

test('a step hangs - ended by its own deadline, the others go on, what needs it is not done', async () => {
  const report = await shipped('step-hangs');
  expect(report.violations).toEqual([]);
  expect(steps(report, 'collection')).toEqual({
    check: 'succeeded',
    ...{ kospi: 'succeeded', kosdaq: 'timed-out', indices: 'succeeded' },
    ...{ save: 'passed-over', log: 'passed-over' },
  });
  expect(runsOf(report, 'collection')[0]?.status).toBe('timed-out');
  expect(loud(report).sort()).toEqual([
    'critical: collection 16:30 ran out of time',
    'warning: indicators 16:30 does not start',
  ]);
});

test('a count too low - a warning of a little, a failure of much', async () => {
  const report = await shipped('count-low');
  expect(report.violations).toEqual([]);
  expect(endings(report, 'collection')).toEqual([
    '2026-11-02T16:30 succeeded',
    '2026-11-03T16:30 failed: save did not succeed',
  ]);
  expect(report.pipelines?.['collection']?.warnings).toEqual([
    { key: '2026-11-02T16:30', text: 'save: collected is 2650, less than 2700' },
  ]);
  expect(report.notices.flatMap(({ lines }) => lines).join('\n')).toContain('collected is 2400, less than 2500');
});

test('the database away - two of three tries are outlasted; after all of them it is gone on from there by hand', async () => {
  const report = await shipped('database-away');
  expect(report.violations).toEqual([]);
  expect(steps(report, 'collection')).toMatchObject({ save: 'succeeded 3', log: 'succeeded' });
  const [, second] = runsOf(report, 'collection');
  expect(second).toMatchObject({ status: 'succeeded', generation: 2, by: 'kim' });
  expect(loud(report).sort()).toEqual([
    'critical: collection 16:30 failed',
    'warning: indicators 16:30 does not start',
  ]);
  // What had succeeded was not done again.
  expect(steps(report, 'collection', 1)['kospi']).toBe('succeeded');
  expect(endings(report, 'indicators')).toEqual(['2026-11-02T16:30 succeeded', '2026-11-03T16:30 succeeded']);
});

test('the first fails - the second does not start, and is said not to', async () => {
  const report = await shipped('first-fails');
  expect(report.violations).toEqual([]);
  expect(endings(report, 'indicators')).toEqual([
    '2026-11-02T16:30 skipped: it follows collection, which ended failed',
    '2026-11-03T16:30 succeeded',
  ]);
  expect(loud(report)).toContain('warning: indicators 16:30 does not start');
});

test('the schedule lost - noticed after five minutes, and begun then', async () => {
  const report = await shipped('schedule-lost');
  expect(report.violations).toEqual([]);
  expect(loud(report)).toEqual(['critical: collection 16:30 has not begun']);
  expect(minutes(report, 'has not begun')).toBeLessThan(6.5);
  expect(runsOf(report, 'collection').map(({ status, by }) => [status, by])).toEqual([
    ['succeeded', 'sweeper'],
    ['succeeded', 'schedule'],
  ]);
});

test('delivered twice - each pipeline runs once', async () => {
  const report = await shipped('delivered-twice');
  expect(report.violations).toEqual([]);
  expect(report.control.apiCalls['ssm.SendCommand']).toBe(17);
  expect(loud(report)).toEqual([]);
});

test('run again by hand - from the failed step, and the whole once more', async () => {
  const report = await shipped('run-again');
  expect(report.violations).toEqual([]);
  const [first] = runsOf(report, 'collection');
  expect(first).toMatchObject({ status: 'succeeded', generation: 3 });
  expect(endings(report, 'indicators')).toEqual(['2026-11-02T16:30 succeeded', '2026-11-03T16:30 succeeded']);
});

test('away - what was missed is made up for, one after the other', async () => {
  const report = await shipped('away');
  expect(report.violations).toEqual([]);
  expect(runsOf(report, 'collection').map(({ key, status, by }) => [key.slice(8, 10), status, by])).toEqual([
    ['02', 'succeeded', 'schedule'],
    ['03', 'succeeded', 'kim'],
    ['04', 'succeeded', 'kim'],
    ['05', 'succeeded', 'schedule'],
    ['06', 'succeeded', 'schedule'],
  ]);
});

test('cut off - the run is ended with what was going on in it, and people are told', async () => {
  const report = await shipped('cut-off');
  expect(report.violations).toEqual([]);
  expect(endings(report, 'collection')[0]).toMatch(/ aborted: /);
  expect(loud(report).sort()).toEqual([
    'critical: collection 16:30 was cut off',
    'warning: indicators 16:30 does not start',
  ]);
});

test('every scenario that is shipped - is rehearsed here', () => {
  const rehearsed = readFileSync('test/rehearsal/pipelines.test.ts', 'utf8');
  for (const file of readdirSync(FOLDER)) expect(rehearsed).toContain(`shipped('${file.replace('.yml', '')}')`);
});

test('a step of every sort, a tangle and a chain of three - all done in their order', async () => {
  const report = await act({}, { stage: 'pipelines', from: '2026-11-02', days: 1 });
  expect(report.violations).toEqual([]);
  for (const workload of ['everything', 'tangle', 'last'])
    for (const { status } of runsOf(report, workload)) expect([workload, status]).toEqual([workload, 'succeeded']);
  expect(Object.values(steps(report, 'everything'))).toEqual(new Array(7).fill('succeeded'));
  expect(report.pipelines?.['everything']?.steps['report']?.numbers).toMatchObject({ pages: { median: 10 } });
});

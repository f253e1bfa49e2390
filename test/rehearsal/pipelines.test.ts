import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Report } from '../../rehearsal/index.ts';
import { STATES_OF_A_DAY } from '../../scripts/costs/daily-batch.ts';
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

/** What opened incidents and what ended them, by their causes: `collection: runs open`, `collection: ends runs`. */
function causes(report: Report): string[] {
  const of = report.notices.flatMap(({ workload, cause, state, resolves = [] }) => [
    ...(state ? [`${workload}: ${cause} ${state}`] : []),
    ...resolves.map((ended) => `${workload}: ends ${ended}`),
  ]);
  // What ends was open before.
  return of.filter(
    (entry, index) => !entry.includes(': ends ') || isOpen(entry.replace('ends ', ''), of.slice(0, index)),
  );
}

function isOpen(cause: string, before: string[]): boolean {
  return before.lastIndexOf(`${cause} open`) > before.lastIndexOf(cause.replace(': ', ': ends '));
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
  // What a step takes is its command's own time: nobody's asking after it is added.
  expect(collection?.steps['check']?.seconds?.longest).toBeLessThanOrEqual(15);
  expect(collection?.steps['kospi']?.seconds?.longest).toBeLessThanOrEqual(240);
  expect([loud(report), causes(report)]).toEqual([[], []]);
  // What the page of costs says of a day.
  const states = report.control.stateTransitions / done.length;
  expect(Math.abs(states / STATES_OF_A_DAY - 1)).toBeLessThan(0.05);
});

test('KOSPI slow - said after ten minutes while it goes on, then a success to be looked at', async () => {
  const report = await shipped('kospi-slow');
  expect(report.violations).toEqual([]);
  expect(loud(report)).toEqual([
    'warning: collection 16:30 takes long',
    'warning: collection 16:30 succeeded: look at it',
  ]);
  expect(minutes(report, 'takes long')).toBeCloseTo(10, 0);
  expect(causes(report)).toEqual(['collection: slow open', 'collection: ends slow']);
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
  expect(loud(report)).toEqual([
    'critical: collection 16:30 ran out of time',
    'warning: indicators 16:30 does not start',
  ]);
  expect(causes(report)).toEqual(['collection: runs open', 'indicators: chain open']);
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
  expect(causes(report)).toEqual([
    ...['collection: runs open', 'indicators: chain open'],
    ...['collection: ends runs', 'indicators: ends chain'],
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
  // Why comes before what does not follow.
  expect(loud(report)).toEqual(['critical: collection 16:30 failed', 'warning: indicators 16:30 does not start']);
  expect(causes(report)).toEqual([
    ...['collection: runs open', 'indicators: chain open'],
    ...['collection: ends runs', 'indicators: ends chain'],
  ]);
});

test('the schedule lost - noticed after five minutes, and begun then', async () => {
  const report = await shipped('schedule-lost');
  expect(report.violations).toEqual([]);
  expect(loud(report)).toEqual(['critical: collection 16:30 has not begun']);
  expect(causes(report)).toEqual(['collection: not-begun open', 'collection: ends not-begun']);
  const { did } = report.notices.find(({ title }) => title.includes('has not begun')) ?? {};
  expect(did).toEqual(['It is started now, if nothing and nobody is against it.']);
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
  // It had succeeded on what was corrected since: all of it is run again, once for each success of the first.
  const [indicators] = runsOf(report, 'indicators');
  expect(indicators).toMatchObject({ generation: 2, by: 'collection' });
  expect(indicators?.startedAt?.slice(0, 15)).toBe('2026-11-03T09:0');
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
  // Those that follow wait for each other, in the order of their dates, and that is no news.
  const begun = runsOf(report, 'indicators').map(({ startedAt = '' }) => startedAt);
  expect(begun).toEqual(begun.toSorted());
  expect(loud(report)).toEqual([]);
});

test('cut off - the run is ended with what was going on in it, people are told, and it is gone on from there', async () => {
  const report = await shipped('cut-off');
  expect(report.violations).toEqual([]);
  expect(report.notices.find(({ cause }) => cause === 'runs')?.lines[0]).toBe('its execution is aborted');
  expect(report.control.apiCalls['ssm.CancelCommand']).toBe(3);
  expect(loud(report)).toEqual(['critical: collection 16:30 was cut off', 'warning: indicators 16:30 does not start']);
  expect(runsOf(report, 'collection')[0]).toMatchObject({ status: 'succeeded', generation: 2, by: 'kim' });
  expect(endings(report, 'indicators')).toEqual(['2026-11-02T16:30 succeeded']);
});

test('emergency stop in the middle - what runs is cut off on the server too, nothing follows, and it is gone on from there', async () => {
  const report = await shipped('emergency');
  expect(report.violations).toEqual([]);
  const titles = report.notices.map(({ severity, title }) => `${severity}: ${title}`);
  expect(titles.slice(0, 3)).toEqual([
    'critical: Emergency stop: everything is being stopped',
    'info: collection 16:30 was stopped',
    'warning: indicators 16:30 does not start',
  ]);
  // kospi, kosdaq and indices.
  expect(report.control.apiCalls['ssm.CancelCommand']).toBe(3);
  expect(runsOf(report, 'collection')[0]).toMatchObject({ status: 'succeeded', generation: 2, by: 'kim' });
  expect(endings(report, 'indicators')).toEqual(['2026-11-02T16:30 succeeded']);
});

test('every scenario that is shipped - is rehearsed here', () => {
  const rehearsed = readFileSync('test/rehearsal/pipelines.test.ts', 'utf8');
  for (const file of readdirSync(FOLDER)) expect(rehearsed).toContain(`shipped('${file.replace('.yml', '')}')`);
});

test('a step of every sort, a tangle and a chain of three - all in order, also what is made up for and run again', async () => {
  const word = { by: 'kim', why: 'moving house' };
  const people = [
    { at: '2026-11-02T07:00', act: 'pause', workload: 'everything', until: '2026-11-04T12:00', ...word },
    { at: '2026-11-04T13:00', act: 'catch-up', workload: 'everything', which: 'all', ...word },
    { at: '2026-11-04T15:00', act: 'rerun', workload: 'tangle', run: '2026-11-02T06:30', from: 'c', ...word },
  ];
  const report = await act({ people }, { stage: 'pipelines', from: '2026-11-02', days: 3 });
  expect(report.violations).toEqual([]);
  expect(loud(report)).toEqual([]);
  for (const workload of ['everything', 'tangle', 'last']) {
    const runs = runsOf(report, workload);
    expect(runs.map(({ key, status }) => `${key} ${status}`)).toEqual(
      ['02T06:30', '02T23:57', '03T23:57', '04T06:30', '04T23:57'].map((key) => `2026-11-${key} succeeded`),
    );
    const begun = runs.slice(1).map(({ startedAt = '' }) => startedAt);
    expect(begun).toEqual(begun.toSorted());
  }
  expect(Object.values(steps(report, 'everything'))).toEqual(new Array(7).fill('succeeded'));
  expect(report.pipelines?.['everything']?.steps['report']?.numbers).toMatchObject({ pages: { median: 10 } });
  // From c on, with what waits for it in the other branch; what follows the tangle, once more too.
  expect(steps(report, 'tangle')).toEqual({
    a: 'succeeded',
    b: 'succeeded',
    c: 'succeeded',
    d: 'succeeded',
    e: 'succeeded',
  });
  expect(runsOf(report, 'tangle')[0]).toMatchObject({ generation: 2, by: 'kim' });
  expect(runsOf(report, 'last')[0]).toMatchObject({ generation: 2, by: 'tangle' });
});

test('emergency stop while a task and a DAG go on - the task is stopped where AWS fails to, that the DAG run goes on is said', async () => {
  const steps = { everything: { report: { takes: ['10m', '10m'] }, warehouse: { takes: ['10m', '10m'] } } };
  const people = [{ at: '2026-11-02T06:33', act: 'emergency-stop', by: 'kim', why: 'wrong' }];
  const faults = [{ call: 'ecs.StopTask', error: 'ServerException', times: 1 }];
  const report = await act({ steps, people, faults }, { stage: 'pipelines', from: '2026-11-02', days: 1 });
  expect(report.control.apiCalls['ecs.StopTask']).toBe(2);
  expect(report.violations).toEqual([]);
  const stopped = report.notices.find(({ title }) => title === 'everything 06:30 was stopped');
  expect(stopped).toMatchObject({
    severity: 'warning',
    todo: ['End what goes on of warehouse before it is run again.'],
  });
  expect(stopped?.lines.join(' ')).toContain('its run of the DAG daily_warehouse goes on in Airflow');
  expect(stopped?.lines.find((line) => line.startsWith('report:'))).not.toContain('goes on');
});

test('a task hangs - stopped when the time is up: Step Functions has only ceased to wait for it', async () => {
  const faults = [{ workload: 'everything', step: 'report', ends: 'hangs' }];
  const report = await act({ faults }, { stage: 'pipelines', from: '2026-11-02', days: 1 });
  expect(report.violations).toEqual([]);
  expect(steps(report, 'everything')['report']).toBe('timed-out');
  // That of the morning: the one of 23:57 goes on when the day is over.
  expect(report.control.apiCalls).toMatchObject({ 'ecs.RunTask': 2, 'ecs.StopTask': 1 });
});

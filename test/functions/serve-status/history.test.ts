import { describe, expect, test } from '@jest/globals';
import { history, type real } from '../../../functions/serve-status/history.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import type { LedgerDay } from '../../../shared/state/ledger.ts';
import { NOTHING_REMEMBERED } from '../../../shared/state/queues.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { Thread } from '../../../shared/threads/thread.ts';
import type { Downtime, Hour } from '../../../shared/uptime/uptime.ts';
import { anEnvironment, anEnvironmentRun, aQueue, aRun, aStage, aWorkload } from '../../shared/builders.ts';
import { aService } from '../../shared/watch/services.ts';

/** Friday, 20 November 2026, 14:00 in Seoul. */
const NOW = Date.parse('2026-11-20T14:00:00+09:00');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const day = (date: string, rest: object = {}) => ({
  ...{ day: date, arrived: 10, done: 10, failed: 0, workerSeconds: 7200, peakWorkers: 2, peakBacklog: 9 },
  ...{ unreadableMinutes: 0, cappedMinutes: 0, ...rest },
});

interface World {
  stage?: Partial<CompiledStage>;
  runs?: Run[];
  ledger?: LedgerDay[];
  hours?: Hour[];
  downtimes?: Downtime[];
  threads?: Thread[];
  queueDays?: ReturnType<typeof day>[];
  today?: ReturnType<typeof day>;
}

function told({
  stage = {},
  runs = [],
  ledger = [],
  hours = [],
  downtimes = [],
  threads = [],
  queueDays = [],
  today,
}: World) {
  const effects: typeof real = {
    stage: () => aStage({ workloads: { nightly: aWorkload(), 'chat-app': anEnvironment() }, ...stage }),
    now: () => NOW,
    daysBetween: async () => ledger,
    openThreads: async () => threads,
    runsBetween: async (name, { from = '', before }) =>
      runs.filter(({ workload, key }) => workload === name && key >= from && key < before).toReversed(),
    hoursBetween: async () => hours,
    downtimesBetween: async () => downtimes,
    queueDaysBetween: async () => [...queueDays],
    getQueues: async () => ({
      ...{ at: NOW, version: 1, untold: [] },
      queues: { crawl: { ...NOTHING_REMEMBERED, ...(today && { today }) } },
    }),
  };
  return history(effects);
}

const ended = (key: string, status: Run['status'], rest: Partial<Run> = {}) =>
  aRun({
    key,
    status,
    scheduledFor: `${key}:00+09:00`,
    startedAt: `${key}:05+09:00`,
    endedAt: `${key}:45+09:00`,
    ...rest,
  });
const LEDGER: LedgerDay = {
  ...{ day: '2026-11-19', observedAt: '2026-11-19T15:00:00.000Z', usdByUtcDay: {} },
  workloads: {
    nightly: { usd: 0.5, onSeconds: 5400, seenAt: '', isOn: false },
    'chat-app': { usd: 2, onSeconds: 32_400, seenAt: '', isOn: false, unknown: ['no price for t9.huge'] },
  },
};

test('the days - ninety, the last of them today, where the stage is', async () => {
  const { days, workloads } = await told({});
  expect(days).toHaveLength(90);
  expect([days[0], days.at(-1)]).toEqual(['2026-08-23', '2026-11-20']);
  for (const { bars } of workloads) expect(bars.map(({ level }) => level)).toEqual(Array(90).fill('unknown'));
});

test('names that every object has - are no history', async () => {
  const stage = { workloads: { constructor: aWorkload() }, services: { valueof: aService() }, queues: {} };
  const { workloads } = await told({ stage, ledger: [LEDGER] });
  expect(workloads.map(({ bars }) => bars.at(88))).toEqual([{ level: 'unknown' }, { level: 'unknown' }]);
});

describe('what runs', () => {
  const barOf = async (runs: Run[], ledger: LedgerDay[] = []) => {
    const { workloads } = await told({ runs, ledger });
    return workloads[0]?.bars[88];
  };

  test.each([
    ['all went well', [ended('2026-11-19T02:00', 'succeeded')], { level: 'good', succeeded: 1 }],
    [
      'one of two failed',
      [ended('2026-11-19T02:00', 'failed'), ended('2026-11-19T09:00', 'succeeded')],
      { level: 'fair', succeeded: 1, failed: 1 },
    ],
    ['all failed', [ended('2026-11-19T02:00', 'timed-out')], { level: 'bad', failed: 1 }],
    [
      'a person cut it off',
      [ended('2026-11-19T02:00', 'aborted', { reason: 'stopped by kim: enough' })],
      { level: 'good' },
    ],
    ['skipped', [ended('2026-11-19T02:00', 'skipped', { reason: 'closed: holiday' })], { level: 'idle', skipped: 1 }],
    ['nothing, and something the day before', [ended('2026-11-18T02:00', 'succeeded')], { level: 'idle' }],
    ['nothing, and something the day after', [ended('2026-11-20T02:00', 'succeeded')], { level: 'unknown' }],
  ] satisfies [string, Run[], object][])('%s - %#', async (_, runs, bar) => {
    expect(await barOf(runs)).toEqual(bar);
  });

  test('how long it was on - by the ledger', async () => {
    expect(await barOf([], [LEDGER])).toEqual({ level: 'good', onHours: 1.5 });
  });

  test('the stop of a day without a start - is nothing', async () => {
    const vain = anEnvironmentRun({ key: '2026-11-19T18:00', status: 'succeeded', reason: 'already gone' });
    const { workloads, runs } = await told({ runs: [vain] });
    expect(workloads[1]).toMatchObject({ succeeded: 0, bars: expect.arrayContaining([{ level: 'idle' }]) });
    expect(runs).toEqual([]);
  });

  test('the newest runs - newest first, and nothing of who and where in them', async () => {
    const own = ended('2026-11-20T02:00', 'failed', {
      reason: 'JobFailed: i-0123456789abcdef0',
      by: 'arn:aws:iam::1:user/kim',
    });
    const { runs } = await told({ runs: [ended('2026-11-19T02:00', 'succeeded'), own] });
    expect(runs.map(({ key }) => key)).toEqual(['2026-11-20T02:00', '2026-11-19T02:00']);
    expect(runs[0]).toMatchObject({ by: 'person', status: 'failed', seconds: 40, why: { code: 'failed' } });
    const { why, ...rest } = runs[0] ?? {};
    expect(JSON.stringify(rest)).not.toMatch(/arn:|i-0|kim/);
    expect(why).toMatchObject({ text: expect.any(String) });
  });
});

describe('what is watched', () => {
  const services = { web: aService() };
  const hour = (at: string, rest: object = {}): Hour => ({
    hour: at,
    checks: { front: { ok: 60, failed: 0, unknown: 0, excluded: 0, ms: 4800, slowest: 90, ...rest } },
  });
  const down = (at: string, minutes?: number): Downtime => ({
    ...{ check: 'front', from: Date.parse(at), problem: 'answers 500 at 10.0.0.7' },
    ...(minutes !== undefined && { to: Date.parse(at) + minutes * MINUTE }),
  });
  const bars = async (world: World) => (await told({ stage: { workloads: {}, services }, ...world })).workloads[0];
  // Twenty hours of the 19th in Seoul.
  const watched = Array.from({ length: 20 }, (_, index) =>
    hour(new Date(Date.parse('2026-11-18T15:00:00Z') + index * HOUR).toISOString().slice(0, 13)),
  );

  test.each([
    ['up', { hours: watched }, { level: 'good', percent: 100, downMinutes: 0 }],
    [
      'down for twelve minutes',
      { hours: watched, downtimes: [down('2026-11-19T03:00:00Z', 12)] },
      { level: 'fair', percent: 99, downMinutes: 12 },
    ],
    [
      'down for two hours',
      { hours: watched, downtimes: [down('2026-11-19T03:00:00Z', 120)] },
      { level: 'bad', percent: 90, downMinutes: 120 },
    ],
    ['not watched', {}, { level: 'unknown' }],
    ['off by plan', { hours: [hour('2026-11-19T03', { ok: 0, excluded: 60 })] }, { level: 'idle' }],
  ] satisfies [string, World, object][])('%s - %#', async (_, world, bar) => {
    expect((await bars(world))?.bars[88]).toEqual(bar);
  });

  test('of all days together - never rounded up to what it was not', async () => {
    expect(await bars({ hours: watched, downtimes: [down('2026-11-19T03:00:00Z', 0.001)] })).toMatchObject({
      percent: 99.999,
    });
    expect(await bars({})).not.toHaveProperty('percent');
  });

  test('two checks that were down together - one incident, with what was done about it', async () => {
    const recovery = aRun({
      ...{ workload: 'web', kind: 'service', key: '2026-11-19T12:02', admittedAt: '2026-11-19T03:02:00.000Z' },
      ...{ status: 'failed', reason: 'nobody approved stop-start in time', endedAt: '2026-11-19T03:40:00.000Z' },
      steps: [
        { rung: 'restart', at: '2026-11-19T03:02:30.000Z', seconds: 61.4, result: 'did not help' },
        { rung: 'reboot', at: '2026-11-19T03:04:00.000Z', seconds: 90, result: 'AccessDenied: arn:aws:iam::1:role/x' },
      ],
    });
    const recover = { rungs: ['restart' as const], approve: [], perDay: 3, cooldownSeconds: 600 };
    const { incidents } = await told({
      stage: { workloads: {}, services: { web: aService({ target: { ec2: 'i-0123456789abcdef0' }, recover }) } },
      runs: [recovery],
      downtimes: [
        ...[down('2026-11-19T03:00:00Z', 30), down('2026-11-19T03:10:00Z', 40), down('2026-11-10T03:00:00Z', 5)],
        down('2026-11-19T03:52:00Z', 5),
      ],
    });
    expect(incidents).toHaveLength(3);
    // What was done before it began was done about the one before.
    expect(incidents.shift()).toMatchObject({ from: '2026-11-19T03:52:00Z', steps: [] });
    expect(incidents[0]).toEqual({
      ...{ name: 'web', kind: 'service', what: 'down', severity: 'critical' },
      ...{ from: '2026-11-19T03:00:00Z', to: '2026-11-19T03:50:00Z', text: 'front: answers 500 at 10.0.0.7' },
      steps: [
        { at: '2026-11-19T03:02:30Z', rung: 'restart', result: 'did-not-help', seconds: 61 },
        { at: '2026-11-19T03:04:00Z', rung: 'reboot', result: 'failed', seconds: 90 },
        { at: '2026-11-19T03:40:00Z', rung: 'stop-start', result: 'refused' },
      ],
    });
    expect(incidents[1]).toMatchObject({ from: '2026-11-10T03:00:00Z', steps: [] });
  });

  test('one that lasts - has no end, and it is known whether somebody sees to it', async () => {
    const thread = {
      workload: 'web',
      state: 'open',
      severity: 'critical',
      acknowledged: { by: 'kim', at: NOW },
    } as Thread;
    const { incidents } = await told({
      stage: { workloads: {}, services },
      downtimes: [down('2026-11-20T04:50:00Z')],
      threads: [thread],
    });
    expect(incidents).toMatchObject([{ what: 'down', isAcknowledged: true }]);
    expect(incidents[0]).not.toHaveProperty('to');
    expect(JSON.stringify(incidents)).not.toContain('kim');
  });
});

describe('other incidents', () => {
  test('runs that failed one after the other - one incident, until one succeeded', async () => {
    const failing = ['2026-11-18T02:00', '2026-11-18T09:00'].map((key) => ended(key, 'failed'));
    const known = await told({
      runs: [...failing, ended('2026-11-19T02:00', 'succeeded'), ended('2026-11-20T02:00', 'failed')],
    });
    expect(known.incidents).toMatchObject([
      { name: 'nightly', what: 'run-failed', from: '2026-11-19T17:00:45Z' },
      { name: 'nightly', what: 'run-failed', from: '2026-11-17T17:00:45Z', to: '2026-11-18T17:00:45Z' },
    ]);
    expect(known.incidents[0]).not.toHaveProperty('to');
  });

  test('what people were told of besides - goes on, by the name of the stage where it is of nothing that is named', async () => {
    const notice = { title: 'the disk of 10.0.0.7 is full' };
    const thread = { workload: 'lamplighter', openedAt: NOW - HOUR, severity: 'warning', notice } as Thread;
    const { incidents } = await told({ threads: [thread] });
    expect(incidents).toEqual([
      {
        ...{ name: 'dev', what: 'other', severity: 'warning', from: '2026-11-20T04:00:00Z', isAcknowledged: false },
        ...{ text: 'the disk of 10.0.0.7 is full', steps: [] },
      },
    ]);
    const status = { access: 'public' as const, origins: [], title: 'dev', spending: true, show: ['nightly'] };
    expect((await told({ stage: { status }, threads: [thread] })).incidents).toEqual([]);
  });
});

describe('queues', () => {
  const bar = async (world: World, index = 88) =>
    (await told({ stage: { workloads: {}, queues: { crawl: aQueue() } }, ...world })).workloads[0]?.bars[index];

  test.each([
    [{}, { level: 'good', succeeded: 10, failed: 0, onHours: 2 }],
    [{ failed: 1 }, { level: 'fair', failed: 1 }],
    [{ failed: 10 }, { level: 'bad' }],
    [{ unreadableMinutes: 3 }, { level: 'fair' }],
    [{ unreadableMinutes: 60 }, { level: 'bad' }],
    [{ arrived: 0, done: 0 }, { level: 'idle' }],
  ])('a day with %j - as it was', async (rest, expected) => {
    expect(await bar({ queueDays: [day('2026-11-19', rest)] })).toMatchObject(expected);
  });

  test('today, which is not over - is remembered elsewhere', async () => {
    expect(await bar({ today: day('2026-11-20') }, 89)).toMatchObject({ level: 'good', succeeded: 10 });
    expect(await bar({})).toEqual({ level: 'unknown' });
  });
});

describe('the month', () => {
  const prices = { 't3.medium': 0.1 };
  const workloads = {
    nightly: aWorkload({ instance: { id: 'i-0', type: 't3.medium' } }),
    'chat-app': anEnvironment({ parts: [{ name: 'app', count: 2, hourly: 0.1 }] }),
  };

  test('what it has come to - against always on for as long', async () => {
    const october = { ...LEDGER, day: '2026-10-31' };
    const { month } = await told({ stage: { prices, workloads, budget: { daily: 20 } }, ledger: [LEDGER, october] });
    expect(month).toEqual({
      ...{ month: '2026-11', asOf: '2026-11-19T15:00:00Z', usd: 2.5, alwaysOnUsd: 7.2, onHours: 10.5, hours: 24 },
      ...{ limit: 20, isPartial: true },
      days: [{ day: '2026-11-19', usd: 2.5, alwaysOnUsd: 7.2, onHours: 10.5 }],
      workloads: [
        { name: 'nightly', usd: 0.5, onHours: 1.5, alwaysOnUsd: 2.4, days: [{ day: '2026-11-19', onHours: 1.5 }] },
        { name: 'chat-app', usd: 2, onHours: 9, alwaysOnUsd: 4.8, days: [{ day: '2026-11-19', onHours: 9 }] },
      ],
    });
  });

  test.each([
    ['nothing was reckoned', {}],
    ['the stage file keeps it to itself', { spending: false }],
  ])('%s - none', async (_, page) => {
    const status = { access: 'public' as const, origins: [], title: 'dev', spending: true, ...page };
    expect(await told({ stage: { status }, ledger: 'spending' in page ? [LEDGER] : [] })).not.toHaveProperty('month');
  });

  test('only some are shown - the sums are of those', async () => {
    const status = { access: 'public' as const, origins: [], title: 'dev', spending: true, show: ['nightly'] };
    const { month } = await told({ stage: { status, prices, workloads, budget: { daily: 20 } }, ledger: [LEDGER] });
    expect(month).toMatchObject({ usd: 0.5, alwaysOnUsd: 2.4, isPartial: false });
    expect(month).not.toHaveProperty('limit');
    expect(JSON.stringify(month)).not.toContain('chat-app');
  });
});

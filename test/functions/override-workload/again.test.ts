import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Input } from '../../../functions/override-workload/contract.ts';
import { input } from '../../../functions/override-workload/contract.ts';
import { overrideWorkload } from '../../../functions/override-workload/handler.ts';
import type { Order } from '../../../shared/state/orders.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aWorkload } from '../../shared/builders.ts';
import { aFollower, aPipeline, aPipelineRun, aPipelineStage, KEY, SCHEDULED } from '../../shared/pipeline/builders.ts';

/** Wednesday, the morning after the run that these tests speak of. */
const NOW = Date.parse('2026-11-04T09:00:00+09:00');
const SECOND = NOW / 1000;

/** Long before, unless a test says otherwise. */
const SEEN = Date.parse('2020-01-01T00:00:00Z');

function world(runs: Run[] = [], { other, seen = SEEN }: { other?: Order; seen?: number } = {}) {
  const started: [string, string, object][] = [];
  const stopped: [string, string][] = [];
  const refused = () => {
    throw new Error('not asked for here');
  };
  const effects = {
    stage: () =>
      aPipelineStage({ workloads: { collection: aPipeline(), indicators: aFollower(), nightly: aWorkload() } }),
    putOverride: refused,
    letGo: refused,
    endKeep: async () => undefined,
    closeBreaker: refused,
    openBudgetGate: refused,
    endEmergency: refused,
    startEmergencyStop: refused,
    startExecution: refused,
    publish: async () => undefined,
    seenAt: async () => seen,
    takeOrder: async () => (other ? { isTaken: false, other } : { isTaken: true }),
    newestRuns: async (workload: string, limit?: number) =>
      runs.filter((run) => run.workload === workload).slice(0, limit),
    getRun: async (workload: string, key: string) => runs.find((run) => run.workload === workload && run.key === key),
    runsBetween: async (workload: string, { from = '', before }: { from?: string; before: string }) =>
      runs.filter((run) => run.workload === workload && run.key >= from && run.key < before),
    startPipeline: async (workload: string, name: string, request: object) => {
      started.push([workload, name, request]);
      return true;
    },
    stopExecution: async (arn: string, cause: string) => {
      stopped.push([arn, cause]);
    },
    now: () => NOW,
  };
  return { effects, started, stopped };
}

async function say(word: Partial<Input>, runs: Run[] = [], seen?: number) {
  const { effects, started, stopped } = world(runs, { ...(seen !== undefined && { seen }) });
  const asked = input.parse({ workload: 'collection', by: 'kim', why: 'mended', act: 'rerun', ...word });
  const { said } = await overrideWorkload(asked, effects);
  return { said, started, stopped };
}

const of = (run: Partial<Run>) => aPipelineRun({ endedAt: '2026-11-03T07:38:05.000Z', ...run });
const FAILED = of({ status: 'failed' });
const word = { workload: 'collection', by: 'kim' };

beforeEach(() => {
  jest.spyOn(console, 'info').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('a run, again', () => {
  test.each<[string, Partial<Input>, object, string]>([
    ['all of it', { run: KEY }, {}, `rerun collection ${KEY}`],
    ['by its date', { run: '2026-11-03' }, {}, `rerun collection ${KEY}`],
    ['from a step on', { run: KEY, from: 'save' }, { from: 'save' }, `rerun collection ${KEY}, from save`],
    [
      'only what failed',
      { run: KEY, only: 'failed' },
      { only: 'failed' },
      `rerun collection ${KEY}, what failed and what comes after it`,
    ],
    ['the newest that ended badly', {}, {}, `rerun collection ${KEY}`],
  ])('%s - the same run is begun once more', async (_, asked, again, told) => {
    const { said, started } = await say(asked, [of({ key: '2026-11-04T08:00', status: 'succeeded' }), FAILED]);
    expect(started).toEqual([
      ['collection', `collection-202611031630-again-${SECOND}`, { ...word, key: KEY, scheduledFor: SCHEDULED, again }],
    ]);
    expect(said).toBe(told);
  });

  test.each<[string, Partial<Input>, Run[], RegExp]>([
    ['there is no such run', { run: '2026-11-01' }, [FAILED], /collection has no run of 2026-11-01/],
    ['none ended badly', {}, [of({ status: 'succeeded' })], /no run that ended badly/],
    ['it goes on', { run: KEY }, [aPipelineRun()], /is still going on/],
    ['no such step', { run: KEY, from: 'mail' }, [FAILED], /no step mail; it has: check, kospi/],
    [
      'from a step, and only what failed',
      { run: KEY, from: 'save', only: 'failed' },
      [FAILED],
      /from a step, or where/,
    ],
    ['nothing failed', { run: KEY, only: 'failed' }, [of({ status: 'succeeded' })], /nothing failed/],
    [
      'several on that date',
      { run: '2026-11-03' },
      [FAILED, of({ status: 'failed', key: '2026-11-03T09:00' })],
      /several on 2026-11-03: 2026-11-03T16:30, 2026-11-03T09:00/,
    ],
    ['it is no pipeline', { workload: 'nightly' }, [], /nightly is no pipeline/],
    ['no workload', { workload: undefined }, [], /rerun needs one/],
  ])('%s - refused, in words', async (_, asked, runs, message) => {
    await expect(say(asked, runs)).rejects.toThrow(message);
  });

  test('somebody paused it in the same moment - one alone is obeyed', async () => {
    const other = { act: 'pause', by: 'ana', why: 'moving', at: new Date(NOW).toISOString() } as const;
    const { effects, started } = world([FAILED], { other });
    const asked: Input = { act: 'rerun', workload: 'collection', by: 'kim', why: 'x' };
    await expect(overrideWorkload(asked, effects)).rejects.toThrow(/ana said pause/);
    expect(started).toEqual([]);
  });
});

describe('a redrive', () => {
  test('within 14 days - what failed, and what comes after it', async () => {
    const { started } = await say({ act: 'redrive' }, [FAILED]);
    expect(started[0]?.[2]).toMatchObject({ key: KEY, again: { only: 'failed' } });
  });

  test.each<[string, Partial<Input>, Partial<Run>, RegExp]>([
    ['later', { run: '2026-10-20T16:30' }, { key: '2026-10-20T16:30', endedAt: '2026-10-20T23:59:00Z' }, /14 days ago/],
    ['of what did not fail', { run: KEY }, { status: 'succeeded' }, /nothing failed/],
    ['from a step', { run: KEY, from: 'save' }, {}, /rerun is from a step/],
  ])('%s - refused', async (_, asked, run, message) => {
    await expect(say({ act: 'redrive', ...asked }, [of({ status: 'failed', ...run })])).rejects.toThrow(message);
  });
});

describe('what was missed', () => {
  // Of the 14 days before, of those that are working days: only these have a record.
  const since = '2026-11-02';

  test('all - the oldest begins, and has the others with it', async () => {
    const { said, started } = await say({ act: 'catch-up', which: 'all', since });
    expect(started).toHaveLength(1);
    expect(started[0]?.[2]).toMatchObject({
      key: '2026-11-02T16:30',
      next: [{ key: KEY, scheduledFor: SCHEDULED }],
      by: 'kim',
    });
    expect(said).toBe(`catch-up collection: 2026-11-02T16:30, ${KEY}`);
  });

  test('the latest - it alone', async () => {
    const { started } = await say({ act: 'catch-up', which: 'latest', since });
    expect(started[0]?.[2]).toMatchObject({ key: KEY });
    expect(started[0]?.[2]).not.toHaveProperty('next');
  });

  test('nothing - says so, and starts nothing; what failed was not missed', async () => {
    const runs = [FAILED, of({ key: '2026-11-02T16:30', status: 'succeeded' })];
    const { said, started } = await say({ act: 'catch-up', which: 'all', since }, runs);
    expect([said, started]).toEqual(['catch-up collection: nothing was missed', []]);
  });

  test('no record of the time before it was first deployed - that is not made up for, and said', async () => {
    const seen = Date.parse('2026-11-03T10:00:00+09:00');
    const told = `catch-up collection: ${KEY} (looked after since 2026-11-03T10:00)`;
    expect(await say({ act: 'catch-up', which: 'all' }, [], seen)).toMatchObject({ said: told });
    expect(await say({ act: 'catch-up', which: 'all', since: '2026-10-01' }, [], seen)).toMatchObject({ said: told });
    const late = await say({ act: 'catch-up', which: 'all' }, [], NOW - 1000);
    expect([late.started, late.said]).toEqual([[], expect.stringContaining('nothing was missed (looked after since')]);
  });

  test('too much, or not said which - refused', async () => {
    await expect(say({ act: 'catch-up', which: 'all', since: '2026-01-01' })).rejects.toThrow(/at most 60/);
    await expect(say({ act: 'catch-up' })).rejects.toThrow(/say latest or all/);
  });
});

describe('a start and a stop of a pipeline', () => {
  test('now - a run of its own', async () => {
    const { started } = await say({ act: 'start' });
    expect(started).toEqual([['collection', `collection-start-${SECOND}`, word]]);
  });

  test('of a date that was not run - with its logical date', async () => {
    const { started } = await say({ act: 'start', run: '2026-11-03' });
    const request = { ...word, key: KEY, scheduledFor: SCHEDULED };
    expect(started).toEqual([['collection', `collection-202611031630-start-${SECOND}`, request]]);
  });

  test('of a date that was skipped - the same run, after all', async () => {
    const { started } = await say({ act: 'start', run: KEY }, [of({ status: 'skipped' })]);
    expect(started[0]?.[2]).toMatchObject({ key: KEY, again: {} });
  });

  test.each<[string, Partial<Input>, RegExp]>([
    ['a date that was run', { run: KEY }, /has been run \(failed\): rerun it/],
    ['a time that is yet to come', { run: '2026-11-04T16:30' }, /yet to come/],
    ['a date of one that has no times', { workload: 'indicators', run: '2026-11-02' }, /say the time too/],
    ['an end', { until: '22:00' }, /leaves nothing on/],
    ['parameters', { parameters: { risk: 'low' } }, /takes none/],
  ])('%s - refused', async (_, asked, message) => {
    await expect(say({ act: 'start', ...asked }, [FAILED])).rejects.toThrow(message);
  });

  test('kept - there is nothing to keep on', async () => {
    await expect(say({ act: 'keep', until: '22:00' })).rejects.toThrow(/leaves nothing on/);
  });

  test('stopped - the run that goes on, also one of an earlier day', async () => {
    const { stopped } = await say({ act: 'stop' }, [of({ key: '2026-11-04T08:00', status: 'failed' }), aPipelineRun()]);
    expect(stopped).toEqual([[aPipelineRun().execution, 'stopped by kim: mended']]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { lanesOf } from '../../../web/rehearsal/lanes.ts';
import { aReport, aRun } from '../../rehearsal/a-report.ts';
import { aMonth, everything } from './reports.ts';

describe('the lanes of a report', () => {
  test('nothing went wrong - those of the workloads alone', () => {
    expect(lanesOf(aReport()).map(({ id, items }) => [id, items.length])).toEqual([['nightly', 2]]);
  });

  test('all that there can be - first what is of all, then each workload, service and queue', () => {
    expect(lanesOf(everything()).map(({ id, items }) => [id, items.length])).toEqual([
      ['* violations', 1],
      ['* faults', 3],
      ['* loud', 2],
      ['nightly', 12],
      ['office', 1],
      ['collection', 1],
      ['web', 2],
      ['crawl', 0],
    ]);
  });

  test('runs - from their start to their end, in the tone of how they ended', () => {
    const lane = lanesOf(aMonth()).find(({ id }) => id === 'nightly');
    expect(lane?.items.slice(0, 3).map(({ tone, from, to }) => [tone, (to - from) / 60_000])).toEqual([
      ['well', 8],
      ['bad', 8],
      ['off', 0],
    ]);
    // What has not ended goes on to the end of what was rehearsed.
    const last = lane?.items.at(-1);
    expect([last?.tone, new Date(last?.to ?? 0).toISOString()]).toEqual(['going', '2026-11-30T15:00:00.000Z']);
  });

  test('the night that has an hour twice - a run that ends before it began, by its clock, has no length below nothing', () => {
    const run = aRun({ startedAt: '2026-11-02T02:08:05+09:00', endedAt: '2026-11-02T02:00:05+09:00' });
    const report = aReport();
    const workloads = { nightly: { ...report.workloads['nightly'], runs: [run] } } as typeof report.workloads;
    const [item] = lanesOf({ ...report, workloads })[0]?.items ?? [];
    expect(item && item.to - item.from).toBe(0);
  });

  test('an environment - when it was up, to the end where it still is', () => {
    const { lit } = lanesOf(everything()).find(({ id }) => id === 'office') ?? {};
    expect(lit?.map(({ from, to }) => (to - from) / 3_600_000)).toEqual([expect.closeTo(16, 1), 15]);
  });

  test('a workload that is called as a lane of all - has its own', () => {
    const report = aMonth();
    const runs = report.workloads['nightly'];
    const lanes = lanesOf({ ...report, workloads: runs ? { faults: runs } : {} });
    expect(new Set(lanes.map(({ id }) => id)).size).toBe(lanes.length);
  });
});

import { describe, expect, test } from '@jest/globals';
import { startMissing } from '../../../functions/sweep-runs/missing.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Workload } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import {
  anEnvironment,
  aRun,
  aStage,
  aWorkload,
  KEY,
  minutesAfter,
  SCHEDULED,
  STOP_AT,
} from '../../shared/builders.ts';

interface World {
  since?: number;
  known?: string[];
  workloads?: Record<string, Workload>;
  refuses?: 'startExecution' | 'publish';
}

function world({ since, known = [], workloads, refuses }: World) {
  const started: [string, Record<string, unknown>][] = [];
  const acts: string[] = [];
  const published: Notice[] = [];
  let watermark = since;
  const effects = {
    stage: () => aStage(workloads && { workloads }),
    watchedUntil: async () => watermark,
    setWatchedUntil: async (until: number) => {
      watermark = until;
    },
    getRun: async (workload: string, key: string): Promise<Run | undefined> =>
      known.includes(`${workload} ${key}`) ? aRun({ workload, key }) : undefined,
    startExecution: async (act: string, name: string, input: object) => {
      if (refuses === 'startExecution') throw new Error('throttled');
      acts.push(act);
      started.push([name, { ...input }]);
      return true;
    },
    publish: async (notice: Notice) => {
      if (refuses === 'publish') throw new Error('throttled');
      published.push(notice);
    },
  };
  return { effects, started, acts, published, watermark: () => watermark };
}

const slot = (minutes: number) => minutesAfter(SCHEDULED, minutes);

describe('startMissing', () => {
  test('the first sweep ever - nothing is started for the past, the watermark is set', async () => {
    const { effects, started, watermark } = world({ since: undefined });
    expect(await startMissing(slot(60), effects)).toEqual([]);
    expect(started).toEqual([]);
    expect(watermark()).toBe(slot(60));
  });

  test('a slot without a record - started with its own time and key, and said', async () => {
    const { effects, started, published, watermark } = world({ since: slot(-5) });
    expect(await startMissing(slot(5), effects)).toEqual([`nightly ${KEY}`]);
    expect(started).toEqual([
      ['nightly-202611020200-swept', { workload: 'nightly', scheduledFor: SCHEDULED, key: KEY, by: 'sweeper' }],
    ]);
    expect(published).toEqual([expect.objectContaining({ severity: 'warning', id: `nightly ${KEY} lost` })]);
    expect(watermark()).toBe(slot(5));
  });

  test('a slot that has its record - nothing', async () => {
    const { effects, started, published, watermark } = world({ since: slot(-5), known: [`nightly ${KEY}`] });
    expect(await startMissing(slot(5), effects)).toEqual([]);
    expect([started, published]).toEqual([[], []]);
    expect(watermark()).toBe(slot(5));
  });

  test('less than five minutes after its time - EventBridge may still deliver it, and the slot is not forgotten', async () => {
    const { effects, started, watermark } = world({ since: slot(-5) });
    expect(await startMissing(slot(5) - 1, effects)).toEqual([]);
    expect(started).toEqual([]);
    expect(watermark()).toBe(slot(-5));
    expect(await startMissing(slot(15), effects)).toEqual([`nightly ${KEY}`]);
  });

  test('a slot at the watermark’s edge - looked at by exactly one of two sweeps', async () => {
    const first = world({ since: slot(-5) });
    await startMissing(slot(5), first.effects);
    const second = world({ since: first.watermark() });
    expect(await startMissing(slot(15), second.effects)).toEqual([]);
  });

  test('no sweep for two days - every lost slot is started, oldest first', async () => {
    const { effects } = world({ since: slot(-5) });
    expect(await startMissing(slot(2 * 24 * 60), effects)).toEqual([`nightly ${KEY}`, 'nightly 2026-11-03T02:00']);
  });

  test('a time inside the spring gap - at the first valid minute, without the grace, as info', async () => {
    const at = Date.parse('2027-03-14T07:00:00Z');
    const workloads = { nightly: aWorkload({ timezone: 'America/New_York', at: [{ time: '02:30', parameters: {} }] }) };
    const { effects, started, published } = world({ since: at - 600_000, workloads });
    expect(await startMissing(at - 1, effects)).toEqual([]);
    expect(await startMissing(at, effects)).toEqual(['nightly 2027-03-14T02:30']);
    expect(started[0]?.[1]).toMatchObject({ scheduledFor: '2027-03-14T07:00:00.000Z', key: '2027-03-14T02:30' });
    expect(published).toEqual([expect.objectContaining({ severity: 'info', id: 'nightly 2027-03-14T02:30 gap' })]);
  });

  test('it cannot be started - the watermark stays, and the next sweep tries again', async () => {
    const { effects, watermark } = world({ since: slot(-5), refuses: 'startExecution' });
    await expect(startMissing(slot(5), effects)).rejects.toThrow('throttled');
    expect(watermark()).toBe(slot(-5));
  });

  test('two workloads, one lost - the other is left alone', async () => {
    const workloads = { nightly: aWorkload(), weekly: aWorkload() };
    const { effects } = world({ since: slot(-5), workloads, known: [`nightly ${KEY}`] });
    expect(await startMissing(slot(5), effects)).toEqual([`weekly ${KEY}`]);
  });

  test('another slot moved the watermark past this one’s time, within its grace - found by the next sweep', async () => {
    const later = aWorkload({ at: [{ time: '02:03', parameters: {} }] });
    const { effects } = world({ since: slot(-5), workloads: { nightly: aWorkload(), later } });
    expect(await startMissing(slot(5), effects)).toEqual([`nightly ${KEY}`]);
    expect(await startMissing(slot(15), effects)).toEqual(['later 2026-11-02T02:03']);
  });

  test('a start of an environment - started by its own machine, and a batch by its', async () => {
    const at = Date.parse('2026-11-02T00:00:00Z');
    const workloads = {
      'chat-app': anEnvironment(),
      morning: aWorkload({ at: [{ time: '09:00', parameters: {} }] }),
    };
    const { effects, acts, started } = world({ since: at - 1, workloads });
    await startMissing(at + 5 * 60_000, effects);
    expect(acts).toEqual(['start', 'run']);
    expect(started[0]?.[1]).toMatchObject({ workload: 'chat-app', key: '2026-11-02T09:00', by: 'sweeper' });
  });

  test('a stop of an environment - not its matter', async () => {
    const { effects, started } = world({
      since: minutesAfter(STOP_AT, -5),
      workloads: { 'chat-app': anEnvironment() },
    });
    expect(await startMissing(minutesAfter(STOP_AT, 5), effects)).toEqual([]);
    expect(started).toEqual([]);
  });

  test('the longest name - an execution name that Step Functions takes', async () => {
    const { effects, started } = world({ since: slot(-5), workloads: { ['a'.repeat(24)]: aWorkload() } });
    await startMissing(slot(5), effects);
    expect(started[0]?.[0]).toMatch(/^[\w-]{1,80}$/);
  });
});

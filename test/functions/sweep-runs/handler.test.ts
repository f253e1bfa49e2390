import { describe, expect, test } from '@jest/globals';
import { sweepRuns } from '../../../functions/sweep-runs/handler.ts';
import { aRun } from '../../shared/builders.ts';

const NOW = 1_793_559_605_000;
const keys = ['2026-11-02T02:00', '2026-11-02T03:00', '2026-11-02T04:00'];

function world({ fails = [] as string[], startFails = false, stopFails = false } = {}) {
  const looked: [string, number][] = [];
  const effects = {
    // Recoveries and pipelines are looked after by others.
    openItems: async () => ({
      runs: [aRun({ kind: 'service' }), aRun({ kind: 'pipeline' }), ...keys.map((key) => aRun({ key }))],
      keeps: [],
    }),
    lookAfter: async ({ key }: { key: string }, now: number) => {
      looked.push([key, now]);
      if (fails.includes(key)) throw new Error(`${key} throttled`);
      return key !== keys[0];
    },
    startMissing: async () => {
      if (startFails) throw new Error('starting throttled');
      return ['nightly 2026-11-02T05:00'];
    },
    stopUnstopped: async (now: number) => {
      expect(now).toBe(NOW);
      if (stopFails) throw new Error('stopping throttled');
      return ['chat-app 2026-11-02T18:00'];
    },
    now: () => NOW,
  };
  return { effects, looked };
}

describe('sweepRuns', () => {
  test('all is well - how many are open, which were ended, which were started', async () => {
    expect(await sweepRuns({}, world().effects)).toEqual({
      open: 3,
      ended: [`nightly ${keys[1]}`, `nightly ${keys[2]}`],
      started: ['nightly 2026-11-02T05:00', 'chat-app 2026-11-02T18:00'],
    });
  });

  test('one run fails - the others are looked after all the same, at one instant, and the failure is told', async () => {
    const { effects, looked } = world({ fails: [keys[0] ?? ''] });
    await expect(sweepRuns({}, effects)).rejects.toThrow(`1 parts of the sweep failed: Error: ${keys[0]} throttled`);
    expect(looked).toEqual(keys.map((key) => [key, NOW]));
  });

  test('everything fails - every reason is told', async () => {
    const error = await sweepRuns({}, world({ fails: keys, startFails: true, stopFails: true }).effects).catch(
      (thrown) => thrown,
    );
    expect(error.message).toMatch(/^5 parts/);
    for (const what of [...keys, 'starting', 'stopping']) expect(error.message).toContain(`${what} throttled`);
  });

  test('the open runs cannot be read - the error gets through, so that the alarm of the sweeper sees it', async () => {
    const openItems = async () => {
      throw new Error('no table');
    };
    await expect(sweepRuns({}, { ...world().effects, openItems })).rejects.toThrow('no table');
  });
});

import { describe, expect, test } from '@jest/globals';
import { sweepPipelines } from '../../../functions/sweep-pipelines/handler.ts';
import { aRun } from '../../shared/builders.ts';
import { aPipelineRun } from '../../shared/pipeline/a-run.ts';

const keys = ['2026-11-20T16:30', '2026-11-23T16:30'];
const NOW = 1_793_559_605_000;

function world({ fails = [] as string[] } = {}) {
  const looked: string[] = [];
  return {
    looked,
    effects: {
      openItems: async () => ({ runs: [aRun(), ...keys.map((key) => aPipelineRun({ key }))], keeps: [] }),
      lookAfter: async ({ key }: { key: string }) => {
        looked.push(key);
        if (fails.includes(key)) throw new Error(`${key} throttled`);
        return key === keys[0];
      },
      startMissing: async () => {
        if (fails.includes('start')) throw new Error('start throttled');
        return ['collection 2026-11-24T16:30'];
      },
      now: () => NOW,
    },
  };
}

describe('sweep-pipelines', () => {
  test('what is open of pipelines - and of nothing else - is looked after', async () => {
    const { effects, looked } = world();
    expect(await sweepPipelines({}, effects)).toEqual({
      ...{ open: 2, ended: [`collection ${keys[0]}`], started: ['collection 2026-11-24T16:30'] },
    });
    expect(looked).toEqual(keys);
  });

  test('parts of it fail - the others are done, and every failure is told', async () => {
    const { effects, looked } = world({ fails: [...keys, 'start'] });
    const error = await sweepPipelines({}, effects).catch((thrown) => thrown);
    for (const what of [...keys, 'start']) expect(error.message).toContain(`${what} throttled`);
    expect(looked).toEqual(keys);
  });
});

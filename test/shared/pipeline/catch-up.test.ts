import { describe, expect, test } from '@jest/globals';
import { catchUp, missedRuns } from '../../../shared/pipeline/catch-up.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aStage } from '../builders.ts';
import { aPipeline, aPipelineRun } from './a-run.ts';

const at = (day: number, time = '16:30') => Date.parse(`2026-11-${day}T${time}:00+09:00`);
const key = (day: number) => `2026-11-${day}T16:30`;
const calendar = { closed: { '2026-11-18': 'a holiday' }, open: [], until: '2028-12-31' };
const workload = aPipeline({ closed: { '2026-11-19': 'the exchange is closed' } });

async function missed(known: Run[], since = at(16, '00:00'), now = at(24, '12:00')) {
  const asked: object[] = [];
  const runsBetween = async (_: string, between: object) => {
    asked.push(between);
    return known;
  };
  const found = await missedRuns('collection', workload, aStage({ calendar }), { since, now }, { runsBetween });
  return { days: found.map((slot) => Number(slot.key.slice(8, 10))), asked };
}

describe('missedRuns', () => {
  test('no record in eight days - every trading day, and no other', async () => {
    expect((await missed([])).days).toEqual([16, 17, 20, 23]);
  });

  test('what ran is not missed, in whatever way it ended; what was skipped is', async () => {
    const known = [
      aPipelineRun({ key: key(16), status: 'succeeded' }),
      aPipelineRun({ key: key(17), status: 'failed' }),
      aPipelineRun({ key: key(20), status: 'skipped', reason: 'late: delivered 90 minutes after its time' }),
      aPipelineRun({ key: key(23), status: 'running' }),
    ];
    const { days, asked } = await missed(known);
    expect(days).toEqual([20]);
    expect(asked).toEqual([{ from: '2026-11-16T00:00', before: '2026-11-24T12:01' }]);
  });

  test('nothing was due - nothing is asked for', async () => {
    expect(await missed([], at(18, '00:00'), at(19, '23:00'))).toEqual({ days: [], asked: [] });
  });
});

test('catchUp - the oldest is started, with the others behind it in their order', async () => {
  const started: unknown[] = [];
  const startPipeline = async (...start: unknown[]) => started.push(start) > 0;
  const slots = [24, 20, 23].map((day) => ({ key: key(day), at: at(day), inGap: false }));
  expect(await catchUp('collection', slots, { by: 'ana', id: '7' }, { startPipeline })).toEqual([20, 23, 24].map(key));
  expect(started).toEqual([
    [
      'collection',
      'collection-202611201630-after-7',
      {
        ...{ workload: 'collection', by: 'ana', key: key(20), scheduledFor: '2026-11-20T07:30:00.000Z' },
        again: { only: 'failed' },
        next: [
          { key: key(23), scheduledFor: '2026-11-23T07:30:00.000Z' },
          { key: key(24), scheduledFor: '2026-11-24T07:30:00.000Z' },
        ],
      },
    ],
  ]);
  expect(await catchUp('collection', [], { by: 'ana', id: '8' }, { startPipeline })).toEqual([]);
  expect(started).toHaveLength(1);
});

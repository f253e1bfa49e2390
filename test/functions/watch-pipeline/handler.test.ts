import { describe, expect, test } from '@jest/globals';
import { lookForBeginning } from '../../../functions/watch-pipeline/beginning.ts';
import { lookForEnd } from '../../../functions/watch-pipeline/end.ts';
import { watchPipeline } from '../../../functions/watch-pipeline/handler.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { PipelineWorkload } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aStage, minutesAfter } from '../../shared/builders.ts';
import { aPipeline, aPipelineRun, aRecord, BEGUN, DUE, RUN_KEY } from '../../shared/pipeline/a-run.ts';

function world(known: Run | undefined, pipeline: Partial<PipelineWorkload> = {}, now = minutesAfter(DUE, 5)) {
  const started: unknown[] = [];
  const published: Notice[] = [];
  return {
    started,
    published,
    effects: {
      stage: () => aStage({ workloads: { collection: aPipeline(pipeline) } }),
      seenAt: async () => 0 as number | undefined,
      getRun: async () => known,
      stepsOf: async () => [aRecord('kospi', { status: 'running' })],
      setSlowSaid: async () => undefined,
      startPipeline: async (...asked: unknown[]) => started.push(asked) > 0,
      publish: async (notice: Notice) => {
        published.push(notice);
      },
      now: () => now,
    },
  };
}
const look = { workload: 'collection', scheduledFor: '2026-11-23T07:35:00Z' };

describe('whether a run has begun', () => {
  test('it has not - said, and begun by the sweeper’s name', async () => {
    const { effects, started, published } = world(undefined);
    expect(await lookForBeginning(look, effects)).toEqual({ found: 'not-begun', key: RUN_KEY });
    const request = { workload: 'collection', scheduledFor: DUE, key: RUN_KEY, by: 'sweeper' };
    expect(started).toEqual([['collection', 'collection-202611231630-swept', request]]);
    expect(published).toMatchObject([{ cause: 'not-begun', state: 'open', workload: 'collection' }]);
  });

  test('at 23:57, looked for on the next day - the day that it was due', async () => {
    const late = { at: [{ time: '23:57' }] };
    const { effects } = world(undefined, late);
    const next = { workload: 'collection', scheduledFor: '2026-11-23T15:02:00Z' };
    expect(await lookForBeginning(next, effects)).toEqual({ found: 'not-begun', key: '2026-11-23T23:57' });
  });

  test.each<[string, Run | undefined, Partial<PipelineWorkload>]>([
    ['it has', aPipelineRun(), {}],
    ['it was skipped', aPipelineRun({ status: 'skipped' }), {}],
    ['the exchange is closed', undefined, { closed: { '2026-11-23': 'closed' } }],
    ['it is not due on Mondays', undefined, { days: ['tue'] }],
    ['its time has been changed', undefined, { at: [{ time: '17:00' }] }],
  ])('%s - nothing', async (_, known, pipeline) => {
    const { effects, started, published } = world(known, pipeline);
    expect(await lookForBeginning(look, effects)).toEqual({ found: 'nothing' });
    expect([started, published]).toEqual([[], []]);
  });
});

test.each([
  ['before any sweep', undefined],
  ['since its time', minutesAfter(DUE, 2)],
])('it was first deployed %s - nobody expects the run', async (_, seen) => {
  const { effects, started } = world(undefined);
  expect(await lookForBeginning(look, { ...effects, seenAt: async () => seen })).toEqual({ found: 'nothing' });
  expect(started).toEqual([]);
});

describe('whether a run is done', () => {
  const asked = { workload: 'collection', key: RUN_KEY, generation: 1 };
  const later = minutesAfter(BEGUN, 10);

  test('it goes on - said', async () => {
    const { effects, published } = world(aPipelineRun(), {}, later);
    expect(await lookForEnd(asked, effects)).toEqual({ found: 'slow', key: RUN_KEY });
    expect(published).toMatchObject([{ cause: 'slow' }]);
  });

  test.each<[string, Run | undefined]>([
    ['it is', aPipelineRun({ status: 'succeeded' })],
    ['it has begun again since', aPipelineRun({ generation: 2 })],
    ['that was said', aPipelineRun({ slowSaidAt: BEGUN })],
    ['there is none', undefined],
  ])('%s - nothing', async (_, known) => {
    const { effects, published } = world(known, {}, later);
    expect([await lookForEnd(asked, effects), published]).toEqual([{ found: 'nothing' }, []]);
  });
});

test('watch-pipeline - looks at what it is asked for', async () => {
  const effects = {
    lookForBeginning: async () => ({ found: 'not-begun' as const }),
    lookForEnd: async () => ({ found: 'slow' as const }),
  };
  expect(await watchPipeline({ check: 'begun', ...look }, effects)).toEqual({ found: 'not-begun' });
  const duration = { check: 'duration' as const, workload: 'collection', key: RUN_KEY, generation: 1 };
  expect(await watchPipeline(duration, effects)).toEqual({ found: 'slow' });
});

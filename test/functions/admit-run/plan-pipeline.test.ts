import { describe, expect, test } from '@jest/globals';
import { planRun, recordOf } from '../../../functions/admit-run/plan.ts';
import { type Begun, planPipeline } from '../../../functions/admit-run/plan-pipeline.ts';
import type { PipelineWorkload } from '../../../shared/stage/compiled.ts';
import { aStage } from '../../shared/builders.ts';
import { aFollower, aPipeline, aPipelineRun, aPlan, BEGUN, DUE, OF_RUN, RUN_KEY } from '../../shared/pipeline/a-run.ts';

const NAME = {
  ...{ workload: 'collection', key: RUN_KEY, scheduledFor: DUE, execution: OF_RUN },
  ...{ by: 'schedule', admittedAt: BEGUN },
};
const planned = (
  {
    request = {},
    by = 'schedule',
    workload = aPipeline(),
  }: { request?: object; by?: string; workload?: PipelineWorkload },
  begun?: Begun,
) =>
  planPipeline(
    workload,
    { request: { workload: 'collection', by, parameters: {}, ...request } },
    { ...NAME, by },
    begun,
  );

describe('the plan of a run of a pipeline', () => {
  test('what is in it - when it begins and is to be done, and the schedule that looks whether it is', () => {
    expect(planned({})).toEqual(
      aPlan({
        watch: {
          name: 'collection-watch-202611231630-1',
          expression: 'at(2026-11-23T07:40:01)',
          input: JSON.stringify({ check: 'duration', workload: 'collection', key: RUN_KEY, generation: 1 }),
        },
      }),
    );
  });

  test('nothing says how long it may take - nothing looks', () => {
    expect(planned({ workload: aPipeline({ duration: { failSeconds: 900 } }) })).not.toHaveProperty('watch');
  });

  test('begun again - its number, and what is asked for', () => {
    const request = { again: { from: 'save' }, next: [{ key: 'k', scheduledFor: DUE }] };
    expect(planned({ request }, { generation: 3 })).toMatchObject({
      ...{ generation: 3, ...request },
      watch: { name: 'collection-watch-202611231630-3', input: expect.stringContaining('"generation":3') },
    });
  });

  test('from a step that it has not - says which it has', () => {
    expect(() => planned({ request: { again: { from: 'sve' } } })).toThrow(
      'again.from: collection has no step sve; it has: check, kospi, kosdaq, save, log',
    );
  });

  test('started by the one that it comes after - it may wait, and has its whole time when it begins', () => {
    const asked = { by: 'collection', workload: aFollower() };
    expect(planned(asked)).toMatchObject({
      ...{ waitUntil: '2026-11-23T08:00:01.000Z', deadlineAt: '2026-11-23T08:30:01.000Z' },
    });
    expect(planned(asked, { generation: 1, at: '2026-11-23T07:50:00.000Z' })).toMatchObject({
      ...{ startedAt: '2026-11-23T07:50:00.000Z', deadlineAt: '2026-11-23T08:20:00.000Z' },
    });
  });

  test('what its record has of it - all that a sweeper needs', () => {
    const stage = aStage({ workloads: { collection: aPipeline() } });
    const request = { workload: 'collection', scheduledFor: DUE, by: 'schedule', parameters: {} };
    const run = planRun(stage, aPipeline(), { request, execution: OF_RUN, startedAt: BEGUN });
    expect(recordOf(run)).toEqual(aPipelineRun());
  });
});

import { expect, test } from '@jest/globals';
import type { Notice } from '../../../shared/notices/notice.ts';
import { saySlow } from '../../../shared/pipeline/slow.ts';
import type { PipelineWorkload } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aStage, minutesAfter } from '../builders.ts';
import { aPipeline, aPipelineRun, aRecord, BEGUN } from './a-run.ts';

async function said(minutes: number, run: Partial<Run> = {}, pipeline: Partial<PipelineWorkload> = {}) {
  const published: Notice[] = [];
  const remembered: string[] = [];
  const effects = {
    stage: () => aStage({ workloads: { collection: aPipeline(pipeline) } }),
    stepsOf: async () => [
      aRecord('check'),
      aRecord('kosdaq', { status: 'running' }),
      aRecord('save', { status: 'running', generation: 0 }),
    ],
    publish: async (notice: Notice) => {
      published.push(notice);
    },
    setSlowSaid: async (_: unknown, at: string) => {
      remembered.push(at);
    },
  };
  const isSaid = await saySlow(aPipelineRun(run), minutesAfter(BEGUN, minutes), effects);
  return { isSaid, published, remembered };
}

test('its time is up - said, with what it is at, and remembered', async () => {
  const { isSaid, published, remembered } = await said(10);
  expect([isSaid, remembered]).toEqual([true, ['2026-11-23T07:40:01.000Z']]);
  expect(published).toMatchObject([{ workload: 'collection', severity: 'warning', cause: 'slow', state: 'open' }]);
  const text = published[0]?.lines.join(' ') ?? '';
  expect(text).toContain('kosdaq');
  expect(text).not.toMatch(/check|save/);
});

test.each([
  ['there is time left', 9.9, {}, {}],
  ['it is said already', 12, { slowSaidAt: BEGUN }, {}],
  ['it began later than it was admitted', 12, { startedAt: '2026-11-23T07:35:00.000Z' }, {}],
  ['it waits for another, and has not begun', 29, { startedAt: undefined }, {}],
  ['nothing says how long it may take', 29, {}, { duration: {} }],
])('%s - nothing is said', async (_, minutes, run, pipeline) => {
  expect(await said(minutes, run, pipeline)).toEqual({ isSaid: false, published: [], remembered: [] });
});

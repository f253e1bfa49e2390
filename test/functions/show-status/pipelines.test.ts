import { describe, expect, test } from '@jest/globals';
import { askOfPipeline } from '../../../functions/show-status/of-pipeline.ts';
import { pipelineStatus } from '../../../functions/show-status/pipeline-contract.ts';
import type { StepEnded } from '../../../shared/pipeline/ended.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { StepRecord } from '../../../shared/state/steps.ts';
import { ADMITTED, aFollower, aPipeline, aPipelineRun, KEY } from '../../shared/pipeline/builders.ts';

const NOW = Date.parse(ADMITTED) + 300_000;
const ended = (seconds: number, run: Partial<Run> = {}) =>
  aPipelineRun({ status: 'succeeded', endedAt: new Date(Date.parse(ADMITTED) + seconds * 1000).toISOString(), ...run });
const record = (step: string, more: Partial<StepRecord>): StepRecord => ({
  ...{ workload: 'collection', key: KEY, step, generation: 1, status: 'succeeded' },
  ...more,
});

async function status(runs: Run[], records: StepRecord[] = [], workload = aPipeline()) {
  const asked: unknown[] = [];
  const effects = {
    stepsOf: async (...of: unknown[]) => {
      asked.push(of);
      return records;
    },
  };
  const found = await askOfPipeline('collection', workload, runs, NOW, effects);
  expect(pipelineStatus.parse(found)).toEqual(found);
  return { found, asked };
}

describe('how a pipeline stands', () => {
  test('a run goes on - each step as its record has it, and how long until now', async () => {
    const { found, asked } = await status(
      [aPipelineRun(), ended(480), ended(540), ended(900, { status: 'failed' })],
      [
        record('check', { startedAt: ADMITTED, endedAt: '2026-11-03T07:30:10.000Z', numbers: { open: 1 } }),
        record('kospi', { status: 'running', startedAt: '2026-11-03T07:30:11.000Z' }),
        record('kosdaq', { status: 'failed', startedAt: ADMITTED, endedAt: ADMITTED, tries: 4, reason: 'JobFailed' }),
      ],
    );
    expect(asked).toEqual([['collection', KEY, ['check', 'kospi', 'kosdaq', 'save']]]);
    expect(found).toEqual({
      run: KEY,
      steps: [
        { name: 'check', status: 'succeeded', seconds: 5, numbers: { open: 1 } },
        { name: 'kospi', status: 'running', since: '2026-11-03T16:30:11+09:00' },
        { name: 'kosdaq', status: 'failed', seconds: 0, tries: 4, reason: 'JobFailed' },
        { name: 'save', status: 'waiting' },
      ],
      seconds: 300,
      usualSeconds: 510,
      warnSeconds: 600,
      warnings: [],
    });
  });

  test('run again - what an earlier generation has left waits', async () => {
    const { found } = await status([aPipelineRun({ generation: 2 })], [record('check', {})]);
    expect(found.steps[0]).toEqual({ name: 'check', status: 'waiting' });
  });

  test('none goes on - the newest that began, from its own record', async () => {
    const steps: StepEnded[] = [
      { name: 'save', status: 'succeeded', seconds: 9, numbers: { collected: 2712 }, log: 'x:y' },
    ];
    const { found, asked } = await status([
      aPipelineRun({ key: '2026-11-04T16:30', status: 'skipped', reason: 'closed: x' }),
      ended(480, { ended: steps, warnings: ['took 480 seconds, more than 400'] }),
    ]);
    expect(asked).toEqual([]);
    expect(found).toMatchObject({
      run: KEY,
      steps: [{ name: 'save', status: 'succeeded', seconds: 9, numbers: { collected: 2712 } }],
      seconds: 480,
      warnings: ['took 480 seconds, more than 400'],
    });
  });

  test('never run, after another - says after which', async () => {
    const { found } = await status([], [], aFollower());
    expect(found).toEqual({ after: 'collection', steps: [], warnSeconds: 600, warnings: [] });
  });
});

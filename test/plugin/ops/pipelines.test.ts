import { describe, expect, test } from '@jest/globals';
import type { WorkloadStatus } from '../../../functions/show-status/contract.ts';
import { start } from '../../../plugin/ops/acts.ts';
import { catchUp, redrive, rerun } from '../../../plugin/ops/again.ts';
import { consequencesOf } from '../../../plugin/ops/consequences.ts';
import { placeOf, placeOfStep } from '../../../plugin/ops/logs/place.ts';
import { runs } from '../../../plugin/ops/runs.ts';
import { renderStatus } from '../../../plugin/ops/status-table.ts';
import type { StepEnded } from '../../../shared/pipeline/ended.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aPipeline, aPipelineRun, aPipelineStage, KEY } from '../../shared/pipeline/builders.ts';
import { aStatus, type as typed } from './context.ts';

const stage = aPipelineStage();
const SAID = { answers: { overrideWorkload: { said: 'done' } }, stage };
const ONE = { workload: 'collection', why: 'mended' };
const STEPS: StepEnded[] = [
  { name: 'check', status: 'succeeded', seconds: 4, log: '/lamplighter/dev/collection:one/stdout' },
  { name: 'kospi', status: 'failed', seconds: 300, tries: 3, reason: 'JobFailed', log: 's3://logs/a/b' },
  { name: 'kosdaq', status: 'timed-out', seconds: 480 },
  { name: 'save', status: 'passed-over', reason: 'kospi did not succeed' },
];
const FAILED = aPipelineRun({ status: 'failed', ended: STEPS, endedAt: '2026-11-03T07:38:05.000Z', generation: 2 });

describe('runs again, by hand', () => {
  test.each([
    [rerun, { run: KEY, only: 'failed' }, { act: 'rerun', run: KEY, only: 'failed' }],
    [rerun, { from: 'save' }, { act: 'rerun', from: 'save' }],
    [redrive, {}, { act: 'redrive' }],
    [catchUp, { which: 'all', since: '2026-11-02' }, { act: 'catch-up', which: 'all', since: '2026-11-02' }],
  ])('what is said - reaches the stage, with who and why', async (command, options, word) => {
    const { asked, out } = await typed(command, { ...ONE, ...options }, SAID);
    expect(asked).toEqual([['overrideWorkload', { workload: 'collection', by: 'kim@desk', why: 'mended', ...word }]]);
    expect(out).toBe('done, by kim@desk\n');
  });

  test('a date to start with - reaches the stage', async () => {
    const answers = { ...SAID.answers, showStatus: aStatus({ collection: { kind: 'pipeline' } }) };
    const { asked } = await typed(start, { ...ONE, run: '2026-11-03' }, { answers, stage });
    expect(asked.at(-1)?.[1]).toMatchObject({ act: 'start', run: '2026-11-03' });
  });

  test('--dry-run - says what it would do, and does not', async () => {
    const { asked, out } = await typed(rerun, { ...ONE, run: KEY, only: 'failed', 'dry-run': true }, SAID);
    expect(asked).toEqual([]);
    expect(out).toContain(`what failed in the run of ${KEY}, and what comes after it, begins now`);
  });

  test.each([
    ['no pipeline', rerun, { ...ONE, workload: 'nightly' }, /nightly is no pipeline; the stage file has: collection/],
    ['no workload', rerun, { why: 'x' }, /--workload is missing/],
    ['another --only', rerun, { ...ONE, only: 'broken' }, /failed/],
    ['another --which', catchUp, { ...ONE, which: 'some' }, /latest or all/],
    ['a --since that is no date', catchUp, { ...ONE, which: 'all', since: 'monday' }, /a date such as/],
    ['no --which', catchUp, ONE, /--which is missing/],
    ['no reason', rerun, { workload: 'collection' }, /--why is missing/],
  ])('%s - refused before anything is asked', async (_, command, options, message) => {
    await expect(typed(command, options, SAID)).rejects.toThrow(message);
  });
});

describe('the runs of a pipeline', () => {
  const show = (run: Run, options: Record<string, boolean> = {}) =>
    typed(runs, { workload: 'collection', ...options }, { answers: { listRuns: { runs: [run] } }, stage });

  test('what failed and why, what was counted, which attempt', async () => {
    const { out } = await show(FAILED);
    expect(out).toContain('attempt 2; kospi: JobFailed');
    expect(out).toContain('8 min');
    const numbers = { collected: 2712, failed: 0 };
    const counted = aPipelineRun({ status: 'succeeded', ended: [{ name: 'save', status: 'succeeded', numbers }] });
    expect((await show(counted)).out).toContain('save collected=2712 failed=0');
  });

  test('--steps - each step on a line', async () => {
    const { out } = await show(FAILED, { steps: true });
    expect(out).toContain('✓ check 4 s');
    expect(out).toContain('✗ kospi 5 min in 3 tries JobFailed');
    expect(out).toContain('✗ kosdaq 8 min ran out of time');
    expect(out).toContain('– save kospi did not succeed');
  });
});

describe('the log of a step', () => {
  const place = (step: string, run = FAILED) => placeOfStep(run, step, aPipeline(), 'dev');

  test('where it was recorded', () => {
    const to = Date.parse(FAILED.endedAt ?? '') + 300_000;
    const from = Date.parse(FAILED.admittedAt);
    expect(place('check')).toMatchObject({
      kind: 'group',
      group: '/lamplighter/dev/collection',
      streams: 'one/stdout',
      from,
      to,
    });
    expect(place('kospi')).toEqual({ kind: 'object', where: 's3://logs/a/b', bucket: 'logs', key: 'a/b' });
  });

  test('not recorded, or still going on - what its pipeline has written since', () => {
    expect(place('kosdaq')).toMatchObject({ kind: 'group', group: '/lamplighter/dev/collection' });
    expect(place('kosdaq', aPipelineRun())).not.toHaveProperty('to');
  });

  test('none, and why', () => {
    expect(() => place('save')).toThrow(/save did not run in collection .*: kospi did not succeed/);
    expect(() => place('mail')).toThrow(/no step mail; it has: check, kospi, kosdaq, save/);
    expect(() => placeOf(FAILED, 'dev')).toThrow(/say which step's log: --step/);
  });
});

describe('a pipeline in the status', () => {
  const one: Partial<WorkloadStatus> = {
    ...{ kind: 'pipeline', now: 'on', seen: 'running' },
    running: { key: KEY, by: 'schedule', status: 'running', startedAt: '2026-11-03T16:30:05+09:00' },
    pipeline: {
      run: KEY,
      steps: [
        { name: 'check', status: 'succeeded', seconds: 4, numbers: { open: 1 } },
        { name: 'kospi', status: 'running', since: '2026-11-03T16:30:11+09:00' },
        { name: 'save', status: 'waiting' },
      ],
      ...{ seconds: 60, usualSeconds: 480, warnSeconds: 600, warnings: [] },
    },
  };

  test('its steps, how long it takes, when it is next', () => {
    const text = renderStatus(aStatus({ collection: one }, { at: '2026-11-03T16:31:05+09:00' }));
    for (const part of ['✓ check 4 s open=1', '▸ kospi since 16:30', '· save', 'usually 8 min', 'at most 10 min'])
      expect(text).toContain(part);
    // It has no instance that could be on, so no row of that table.
    expect(text).not.toContain('next stop');
  });

  test('after another - says after which, and why the last was skipped', () => {
    const text = renderStatus(
      aStatus({
        indicators: {
          ...one,
          running: undefined,
          next: { skipped: [] },
          last: { key: KEY, by: 'collection', status: 'skipped', reason: 'it follows collection, which ended failed' },
          pipeline: { after: 'collection', steps: [], warnings: [] },
        },
      }),
    );
    expect(text).toMatch(/after\s/);
    expect(text).toContain('it follows collection');
  });

  test.each([
    ['start', true, /goes on, so this one would be skipped/, false],
    ['start', false, /a run begins now/, false],
    ['stop', true, /is cut off with its commands and tasks; a DAG run, a function or a call goes on/, true],
    ['stop', false, /no run goes on/, false],
    ['keep', true, /nothing on that could be kept/, false],
    ['emergency-stop', true, /is cut off with its commands and tasks, and none begins/, true],
    ['pause', true, /ends as planned, and nothing starts/, true],
  ] as const)('%s, while a run goes on: %s - what it comes to', (act, isGoing, text, stops) => {
    const status = aStatus({ collection: isGoing ? one : { ...one, now: 'off', running: undefined } });
    expect(consequencesOf(act, status, undefined)).toEqual([{ text: expect.stringMatching(text), stops }]);
  });
});

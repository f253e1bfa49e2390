import { describe, expect, test } from '@jest/globals';
import { spanOf } from '../../../functions/send-digest/span.ts';
import { digestNotice } from '../../../shared/digest/notice.ts';
import { workloadFacts } from '../../../shared/digest/workload.ts';
import type { StepEnded } from '../../../shared/pipeline/ended.ts';
import { because } from '../../../shared/pipeline/reasons.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aPipeline, aPipelineRun, aPipelineStage } from '../pipeline/builders.ts';
import { CALM } from './facts.ts';

const DIGEST = Date.parse('2026-11-03T17:30:00+09:00');
const DAY = spanOf('daily', DIGEST, 'Asia/Seoul');
const steps = (collected: number, kospi = 300): StepEnded[] => [
  { name: 'kospi', status: 'succeeded', seconds: kospi },
  { name: 'save', status: 'succeeded', seconds: 20, numbers: { collected } },
];
const ended = (run: Partial<Run> = {}) =>
  aPipelineRun({ status: 'succeeded', endedAt: '2026-11-03T07:38:05.000Z', ended: steps(2712), ...run });
const earlier = [2700, 2705, 2709, 2710, 2720].map((collected) => ended({ ended: steps(collected) }));
const facts = (runs: Run[], before: Run[] = earlier) =>
  workloadFacts({ name: 'collection', workload: aPipeline(), runs, earlier: before }, [], DAY, 'Asia/Seoul');
const lines = (runs: Run[], span = DAY, language: 'en' | 'ko' = 'en') =>
  digestNotice(
    { span, workloads: [facts(runs)], services: [], queues: [], attention: CALM },
    aPipelineStage({ notify: { language } }),
    DIGEST,
  ).lines;

describe('a pipeline in a digest', () => {
  test('all well - how long it took and what it counted, each beside what is usual', () => {
    expect(lines([ended()]).slice(1, 3)).toEqual([
      'collection: 1 succeeded, took 8 min, usually 8 min',
      'collection: save collected 2,712 (usually 2,709), slowest step kospi (5 min)',
    ]);
  });

  test('too few runs before - nothing is usual', () => {
    expect(facts([ended()], earlier.slice(1)).pipeline?.numbers).toEqual([
      { step: 'save', metric: 'collected', value: 2712 },
    ]);
  });

  test('failures and warnings - which steps, how often, and why', () => {
    const failed: StepEnded[] = [{ name: 'kospi', status: 'failed', reason: 'JobFailed' }];
    const bad = ended({ status: 'failed', ended: failed, reason: because('stepsFailed', 'kospi') });
    const warned = ended({ warnings: [because('tookLong', 700, 600)] });
    const told = lines([warned, bad, bad]);
    expect(told).toContain('collection 16:30 failed: kospi did not succeed');
    expect(told).toContain(
      'collection: save collected 2,712 (usually 2,709), slowest step kospi (5 min), 1 with warnings, steps that failed: kospi ×2',
    );
  });

  test('nothing ran - no line of steps; what was skipped is said in words', () => {
    const skipped = ended({ status: 'skipped', ended: undefined, reason: because('firstFailed', 'x', 'failed') });
    const told = lines([skipped]);
    expect(told[1]).toBe('collection: no runs');
    expect(told[2]).toBe('collection: 1 skipped, it follows x, which ended failed');
    expect(told[3]).not.toContain('collection');
  });

  test('each week and each month - what only a person can look at; not each day', () => {
    const week = { ...DAY, period: 'weekly' as const };
    const month = { ...DAY, period: 'monthly' as const };
    expect(lines([ended()]).join()).not.toContain('By hand');
    expect(lines([ended()], week).join()).toMatch(/By hand each week: .*database/);
    expect(lines([ended()], month).join()).toMatch(/By hand each month: .*backups/);
  });

  test('in Korean - the same', () => {
    expect(lines([ended()], DAY, 'ko').slice(1, 3)).toEqual([
      'collection 실행: 성공 1건, 소요 시간 8분(평소 8분)',
      'collection 실행: save 단계 collected 2,712(평소 2,709), 가장 오래 걸린 단계 kospi(5분)',
    ]);
  });
});

import type { CompiledStage, PipelineStep, PipelineWorkload } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aStage } from '../builders.ts';
import * as monday from './a-run.ts';

// What people are told is tested on a Tuesday, with a pipeline that is held to numbers; all else of it is as in a-run.ts.

/** Tests of pipelines speak of this run: `collection`, Tuesday 3 November 2026, 16:30 in Seoul, half an hour at most. */
export const KEY = '2026-11-03T16:30';
export const SCHEDULED = '2026-11-03T07:30:00.000Z';
export const ADMITTED = '2026-11-03T07:30:05.000Z';
export const DEADLINE = '2026-11-03T08:00:05.000Z';
export const EXECUTION = monday.OF_RUN;
export const SERVER = 'mi-0123456789abcdef0';

export function aStep({ needs, ...step }: Partial<PipelineStep> = {}): PipelineStep {
  return monday.aStep(needs, step);
}

/** Collects at 16:30 on working days, in four steps; people are warned after ten minutes, and 15 are a failure. */
export function aPipeline(workload: Partial<PipelineWorkload> = {}): PipelineWorkload {
  return monday.aPipeline({
    steps: {
      check: aStep(),
      kospi: aStep({ needs: ['check'] }),
      kosdaq: aStep({ needs: ['check'] }),
      save: aStep({ needs: ['kospi', 'kosdaq'], expect: { collected: { atLeast: 2700, failBelow: 2500 } } }),
    },
    ...workload,
  });
}

/** What the success of a collection starts. */
export function aFollower(workload: Partial<PipelineWorkload> = {}): PipelineWorkload {
  const steps = { load: aStep(), compute: aStep({ needs: ['load'] }) };
  return aPipeline({ at: [], after: 'collection', steps, ...workload });
}

export function aPipelineStage(stage: Parameters<typeof aStage>[0] = {}): CompiledStage {
  return aStage({ workloads: { collection: aPipeline(), indicators: aFollower() }, ...stage });
}

export function aPipelineRun(run: Partial<Run> = {}): Run {
  const times = { admittedAt: ADMITTED, startedAt: ADMITTED, deadlineAt: DEADLINE };
  return monday.aPipelineRun({ key: KEY, scheduledFor: SCHEDULED, ...times, ...run });
}

import type { CompiledStage, PipelineStep, PipelineWorkload } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aStage } from '../builders.ts';

/** Tests of pipelines speak of this run: `collection`, Tuesday 3 November 2026, 16:30 in Seoul, half an hour at most. */
export const KEY = '2026-11-03T16:30';
export const SCHEDULED = '2026-11-03T07:30:00.000Z';
export const ADMITTED = '2026-11-03T07:30:05.000Z';
export const DEADLINE = '2026-11-03T08:00:05.000Z';
export const EXECUTION = 'arn:aws:states:ap-northeast-2:123456789012:execution:lamplighter-dev-collection:one';
export const SERVER = 'mi-0123456789abcdef0';

export function aStep(step: Partial<PipelineStep> = {}): PipelineStep {
  return {
    needs: [],
    work: { by: 'command', on: SERVER, command: './collect.sh', environment: {} },
    retry: { times: 0, waitSeconds: 10, backoff: 2 },
    deadlineSeconds: 600,
    expect: {},
    ...step,
  };
}

/** Collects at 16:30 on working days, in four steps; people are warned after ten minutes, and 15 are a failure. */
export function aPipeline(workload: Partial<PipelineWorkload> = {}): PipelineWorkload {
  return {
    kind: 'pipeline',
    timezone: 'Asia/Seoul',
    at: [{ time: '16:30' }],
    days: 'weekdays',
    closed: {},
    steps: {
      check: aStep(),
      kospi: aStep({ needs: ['check'] }),
      kosdaq: aStep({ needs: ['check'] }),
      save: aStep({ needs: ['kospi', 'kosdaq'], expect: { collected: { atLeast: 2700, failBelow: 2500 } } }),
    },
    duration: { warnSeconds: 600, failSeconds: 900 },
    begunWithinSeconds: 300,
    catchUp: 'none',
    deadlineSeconds: 1800,
    startWithinSeconds: 3600,
    breakerFailures: 3,
    ...workload,
  };
}

/** What the success of a collection starts. */
export function aFollower(workload: Partial<PipelineWorkload> = {}): PipelineWorkload {
  return aPipeline({
    at: [],
    after: 'collection',
    steps: { load: aStep(), compute: aStep({ needs: ['load'] }) },
    ...workload,
  });
}

export function aPipelineStage(stage: Parameters<typeof aStage>[0] = {}): CompiledStage {
  return aStage({ workloads: { collection: aPipeline(), indicators: aFollower() }, ...stage });
}

export function aPipelineRun(run: Partial<Run> = {}): Run {
  return {
    kind: 'pipeline',
    workload: 'collection',
    key: KEY,
    scheduledFor: SCHEDULED,
    execution: EXECUTION,
    by: 'schedule',
    admittedAt: ADMITTED,
    deadlineAt: DEADLINE,
    startedAt: ADMITTED,
    status: 'running',
    ...run,
  };
}

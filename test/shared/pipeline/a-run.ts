import type { PipelinePlan } from '../../../functions/admit-run/contract.ts';
import type { PipelineStep, PipelineWorkload } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { StepRecord } from '../../../shared/state/steps.ts';

/** These tests speak of this run: `collection`, Monday, 23 November 2026, 16:30 in Seoul, half an hour at most. */
export const RUN_KEY = '2026-11-23T16:30';
export const DUE = '2026-11-23T07:30:00.000Z';
export const BEGUN = '2026-11-23T07:30:01.000Z';
export const OVER = '2026-11-23T08:00:01.000Z';
export const DONE = '2026-11-23T07:36:01.000Z';
const MACHINE = 'arn:aws:states:ap-northeast-2:123456789012:execution:lamplighter-dev-collection';
export const OF_RUN = `${MACHINE}:one`;
export const OF_RERUN = `${MACHINE}:two`;

export function aStep(needs: string[] = [], step: Partial<PipelineStep> = {}): PipelineStep {
  return {
    needs,
    work: { by: 'command', on: 'mi-0123456789abcdef0', command: './collect.sh', environment: {} },
    retry: { times: 0, waitSeconds: 10, backoff: 2 },
    deadlineSeconds: 300,
    expect: {},
    ...step,
  };
}

/** A part of the source's pipeline: check → (kospi | kosdaq) → save → log. */
export function aPipeline(pipeline: Partial<PipelineWorkload> = {}): PipelineWorkload {
  return {
    kind: 'pipeline',
    timezone: 'Asia/Seoul',
    at: [{ time: '16:30' }],
    days: 'weekdays',
    closed: {},
    steps: {
      check: aStep(),
      kospi: aStep(['check']),
      kosdaq: aStep(['check']),
      save: aStep(['kospi', 'kosdaq']),
      log: aStep(['save']),
    },
    duration: { warnSeconds: 600, failSeconds: 900 },
    deadlineSeconds: 1800,
    startWithinSeconds: 3600,
    begunWithinSeconds: 300,
    breakerFailures: 3,
    catchUp: 'none',
    ...pipeline,
  };
}

/** One that `collection` starts. */
export function aFollower(pipeline: Partial<PipelineWorkload> = {}): PipelineWorkload {
  return aPipeline({ at: [], after: 'collection', steps: { rsi: aStep(), macd: aStep() }, duration: {}, ...pipeline });
}

export function aPlan(plan: Partial<PipelinePlan> = {}): PipelinePlan {
  return {
    kind: 'pipeline',
    workload: 'collection',
    key: RUN_KEY,
    scheduledFor: DUE,
    execution: OF_RUN,
    by: 'schedule',
    admittedAt: BEGUN,
    startedAt: BEGUN,
    waitUntil: OVER,
    deadlineAt: OVER,
    generation: 1,
    ...plan,
  };
}

export function aPipelineRun(run: Partial<Run> = {}): Run {
  return {
    kind: 'pipeline',
    workload: 'collection',
    key: RUN_KEY,
    scheduledFor: DUE,
    execution: OF_RUN,
    by: 'schedule',
    admittedAt: BEGUN,
    startedAt: BEGUN,
    deadlineAt: OVER,
    generation: 1,
    status: 'running',
    ...run,
  };
}

export function aRecord(step: string, record: Partial<StepRecord> = {}): StepRecord {
  return {
    workload: 'collection',
    key: RUN_KEY,
    step,
    generation: 1,
    status: 'succeeded',
    startedAt: BEGUN,
    endedAt: '2026-11-23T07:31:01.000Z',
    ...record,
  };
}

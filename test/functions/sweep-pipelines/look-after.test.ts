import { describe, expect, test } from '@jest/globals';
import { lookAfter } from '../../../functions/sweep-pipelines/look-after.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { StepWork } from '../../../shared/stage/compiled.ts';
import type { Run, Todo } from '../../../shared/state/runs.ts';
import type { StepRecord } from '../../../shared/state/steps.ts';
import { aStage, minutesAfter } from '../../shared/builders.ts';
import { aPipeline, aPipelineRun, aRecord, aStep, BEGUN } from '../../shared/pipeline/a-run.ts';

interface World {
  work?: StepWork;
  status?: string;
  run?: Partial<Run>;
  records?: StepRecord[];
  isEnded?: boolean;
  minutes?: number;
}

async function lookedAfter({ status = 'RUNNING', run = {}, records = [], isEnded = false, minutes = 5, work }: World) {
  const did: unknown[] = [];
  const { steps } = aPipeline();
  const changed = work ? { steps: { ...steps, kospi: aStep(['check'], { work }) } } : {};
  const effects = {
    stage: () => aStage({ workloads: { collection: aPipeline(changed) } }),
    getRun: async () => aPipelineRun({ todo: 'end', ...run }),
    executionStatus: async () => ({ status }),
    stopExecution: async (_: string, cause: string) => {
      did.push(`stop ${cause}`);
    },
    stepsOf: async () => records,
    runningCommands: async (since: string) => {
      did.push(`commands since ${since}`);
      return [
        { id: 'one', server: 'mi-0123456789abcdef0', comment: 'Lamplighter dev collection kospi' },
        { id: 'two', server: 'mi-0123456789abcdef0', comment: 'Lamplighter dev collection kosdaq' },
        { id: 'three', server: 'mi-0123456789abcdef0', comment: 'somebody’s own' },
      ];
    },
    cancelCommand: async (id: string, server: string) => {
      did.push(`cancel ${id} on ${server}`);
    },
    runningTasks: async () => [],
    stopTask: async () => undefined,
    endStep: async ({ step }: { step: string }, generation: number, ending: { status: string; reason?: string }) =>
      did.push(`end ${step} ${generation} ${ending.status}: ${ending.reason}`) > 0,
    endRun: async (_: unknown, ending: Partial<Run>) => {
      if (!isEnded) did.push(ending);
      return !isEnded;
    },
    goOn: async ({ status: ended }: Run) => {
      did.push(`go on ${ended}`);
    },
    goOnCatchingUp: async () => {
      did.push('catch up');
    },
    publish: async ({ cause }: Notice) => {
      did.push(`publish ${cause}`);
    },
    setSlowSaid: async () => {
      did.push('slow');
    },
    releaseLease: async () => {
      did.push('release');
    },
    setTodo: async (_: unknown, todo: Todo | undefined) => {
      did.push(`todo ${todo}`);
    },
  };
  return { isEnded: await lookAfter(aPipelineRun(), minutesAfter(BEGUN, minutes), effects), did };
}
const closed = ['release', 'catch up', 'todo undefined'];

describe('sweep-pipelines, of an open run', () => {
  test('it goes on - it is let', async () => {
    expect(await lookedAfter({})).toEqual({ isEnded: false, did: [] });
  });

  test('it goes on for longer than it should, and nobody said so - said', async () => {
    expect(await lookedAfter({ minutes: 12 })).toEqual({ isEnded: false, did: ['publish slow', 'slow'] });
  });

  test('its execution was cut off - its command that goes on is ended, then it with its steps, and what follows it is seen to', async () => {
    const records = [
      ...[aRecord('check'), aRecord('kospi', { status: 'running', endedAt: undefined })],
      aRecord('kosdaq', { status: 'running', generation: 0 }),
    ];
    const { isEnded, did } = await lookedAfter({ status: 'ABORTED', records });
    const ending = {
      ...{ status: 'aborted', reason: 'its execution is aborted', endedAt: '2026-11-23T07:35:01.000Z' },
      ended: [
        { name: 'check', status: 'succeeded', seconds: 60 },
        { name: 'kospi', status: 'failed', seconds: 300, reason: 'its execution is aborted' },
        ...['kosdaq', 'save', 'log'].map((name) => ({ name, status: 'passed-over', reason: 'it was not come by' })),
      ],
    };
    expect([isEnded, did]).toEqual([
      true,
      [
        `commands since ${BEGUN}`,
        'cancel one on mi-0123456789abcdef0',
        'end kospi 1 failed: its execution is aborted',
        ending,
        'publish runs',
        'go on aborted',
        ...closed,
      ],
    ]);
  });

  test('its execution was cut off, and what a step does cannot be ended from here - that is among its reasons', async () => {
    const work: StepWork = { by: 'function', name: 'send', payload: {} };
    const records = [aRecord('kospi', { status: 'running', endedAt: undefined })];
    const { did } = await lookedAfter({ status: 'ABORTED', records, work });
    const reason = 'its execution is aborted; the function send goes on for 15 minutes at most';
    expect(did[0]).toBe(`end kospi 1 failed: ${reason}`);
    expect(did[1]).toMatchObject({
      ended: expect.arrayContaining([expect.objectContaining({ name: 'kospi', reason })]),
    });
  });

  test('it waits for another, for longer than it may take - nothing is said: it has not begun', async () => {
    expect(await lookedAfter({ minutes: 12, run: { startedAt: undefined } })).toEqual({ isEnded: false, did: [] });
  });

  test('long past its deadline - cut off, and out of time', async () => {
    const { did } = await lookedAfter({ minutes: 46, run: { slowSaidAt: BEGUN } });
    expect(did).toMatchObject([
      'stop past its deadline',
      { status: 'timed-out' },
      'publish runs',
      'go on timed-out',
      ...closed,
    ]);
  });

  test('it was closed when the index had not heard of it - nothing', async () => {
    expect(await lookedAfter({ status: 'SUCCEEDED', run: { todo: undefined } })).toEqual({ isEnded: false, did: [] });
  });

  test('it is settled in this very moment - left to that', async () => {
    expect(await lookedAfter({ status: 'SUCCEEDED', isEnded: true })).toEqual({ isEnded: false, did: [] });
  });

  test('it ended and was not said - said, and what follows it is begun', async () => {
    const run = { todo: 'say' as const, status: 'succeeded' as const, endedAt: '2026-11-23T07:35:00.000Z' };
    expect(await lookedAfter({ run })).toEqual({
      isEnded: false,
      did: ['go on succeeded', 'publish undefined', ...closed],
    });
  });
});

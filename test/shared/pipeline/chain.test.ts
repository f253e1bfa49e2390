import { describe, expect, test } from '@jest/globals';
import type { Notice } from '../../../shared/notices/notice.ts';
import { goOn, goOnCatchingUp } from '../../../shared/pipeline/chain.ts';
import type { Run, Todo } from '../../../shared/state/runs.ts';
import { aStage } from '../builders.ts';
import { aFollower, aPipeline, aPipelineRun, DONE, DUE, OF_RUN, RUN_KEY } from './a-run.ts';

/** `collection` → `indicators` → `report`, and `else`, which comes after nothing. */
function world(known: Run[] = []) {
  const started: [string, string, object][] = [];
  const records = new Map(known.map((run) => [run.workload, run]));
  const published: Notice[] = [];
  const todos: [string, Todo | undefined][] = [];
  const effects = {
    stage: () =>
      aStage({
        workloads: {
          ...{ collection: aPipeline(), indicators: aFollower() },
          ...{ report: aFollower({ after: 'indicators' }), else: aPipeline() },
        },
      }),
    startPipeline: async (workload: string, name: string, input: object) => {
      started.push([workload, name, input]);
      return true;
    },
    recordUnbegun: async (run: Run) => {
      if (records.has(run.workload)) return false;
      records.set(run.workload, run);
      return true;
    },
    publish: async (notice: Notice) => {
      published.push(notice);
    },
    setTodo: async ({ workload }: { workload: string }, todo: Todo | undefined) => {
      todos.push([workload, todo]);
    },
  };
  return { effects, started, records, published, todos };
}
const NOW = Date.parse(DONE);

describe('goOn', () => {
  test('it succeeded - the next is started, with its date, by a name that is the same each time', async () => {
    const { effects, started, records } = world();
    await goOn(aPipelineRun({ status: 'succeeded' }), NOW, effects);
    await goOn(aPipelineRun({ status: 'succeeded' }), NOW, effects);
    const asked = { workload: 'indicators', key: RUN_KEY, scheduledFor: DUE, by: 'collection', again: {} };
    const start = ['indicators', 'indicators-202611231630-after-1', asked];
    expect(started).toEqual([start, start]);
    expect(records.size).toBe(0);
  });

  test('it succeeded when it was run again - the next is started anew, and all of it, since what it works on is new', async () => {
    const { effects, started } = world();
    await goOn(aPipelineRun({ status: 'succeeded', generation: 2 }), NOW, effects);
    expect(started).toMatchObject([['indicators', 'indicators-202611231630-after-2', { again: {} }]]);
  });

  test.each(['failed', 'timed-out', 'aborted'] as const)(
    'it ended %s - all that follow do not start, and are said not to',
    async (status) => {
      const { effects, started, records, published, todos } = world();
      await goOn(aPipelineRun({ status }), NOW, effects);
      expect(started).toEqual([]);
      const left = {
        status: 'skipped',
        key: RUN_KEY,
        scheduledFor: DUE,
        execution: OF_RUN,
        generation: 0,
        endedAt: DONE,
      };
      expect(records.get('indicators')).toMatchObject({
        ...{ ...left, by: 'collection', reason: `it follows collection, which ended ${status}` },
      });
      expect(records.get('report')).toMatchObject({
        ...{ ...left, by: 'indicators', reason: 'it follows indicators, which ended skipped' },
      });
      expect(published.map(({ workload }) => workload)).toEqual(['indicators', 'report']);
      expect(todos).toEqual([
        ['report', undefined],
        ['indicators', undefined],
      ]);
    },
  );

  test('it failed once more, and that the next does not start is known - not said again', async () => {
    const { effects, published } = world([aPipelineRun({ workload: 'indicators', status: 'skipped' })]);
    await goOn(aPipelineRun({ status: 'failed', generation: 2 }), NOW, effects);
    expect(published).toEqual([]);
  });

  test('it was skipped - nothing was expected of those after it', async () => {
    const { effects, started, records } = world();
    await goOn(aPipelineRun({ status: 'skipped', reason: 'closed: Christmas' }), NOW, effects);
    expect([started, records.size]).toEqual([[], 0]);
  });
});

describe('goOnCatchingUp', () => {
  const next = [
    { key: '2026-11-24T16:30', scheduledFor: '2026-11-24T07:30:00.000Z' },
    { key: '2026-11-25T16:30', scheduledFor: '2026-11-25T07:30:00.000Z' },
  ];

  test('two are left - the first is started, and has the other with it', async () => {
    const { effects, started } = world();
    await goOnCatchingUp(aPipelineRun({ by: 'ana', next }), effects);
    const asked = { workload: 'collection', by: 'ana', ...next[0], again: { only: 'failed' }, next: next.slice(1) };
    expect(started).toEqual([['collection', 'collection-202611241630-after-202611231630-1', asked]]);
  });

  test('one is left - it has none with it', async () => {
    const { effects, started } = world();
    await goOnCatchingUp(aPipelineRun({ next: next.slice(1) }), effects);
    expect(started[0]?.[2]).not.toHaveProperty('next');
  });

  test('none - nothing', async () => {
    const { effects, started } = world();
    await goOnCatchingUp(aPipelineRun(), effects);
    await goOnCatchingUp(aPipelineRun({ next: [] }), effects);
    expect(started).toEqual([]);
  });
});

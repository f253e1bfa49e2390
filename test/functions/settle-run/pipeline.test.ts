import { describe, expect, test } from '@jest/globals';
import { input, type PipelineEnd } from '../../../functions/settle-run/contract.ts';
import { settlePipeline } from '../../../functions/settle-run/settle-pipeline.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Run, Todo } from '../../../shared/state/runs.ts';
import type { StepRecord } from '../../../shared/state/steps.ts';
import { aStage } from '../../shared/builders.ts';
import { aPipeline, aPipelineRun, aPlan, aRecord, DONE, OF_RERUN } from '../../shared/pipeline/a-run.ts';

const NAMES = Object.keys(aPipeline().steps);
const end = (left: Partial<PipelineEnd> = {}): PipelineEnd => ({ decision: 'run', run: aPlan(), ...left });

/** A table with the run's record and its steps in it, that says what was done to it. */
function world(record: Partial<Run> | undefined = {}, step: Partial<StepRecord> = {}) {
  let known: Run | undefined = record && aPipelineRun({ open: 'open', todo: 'end', ...record });
  const did: string[] = [];
  const published: Notice[] = [];
  const effects = {
    stage: () => aStage({ workloads: { collection: aPipeline() } }),
    stepsOf: async (_: string, __: string, names: readonly string[]) => names.map((name) => aRecord(name, step)),
    countFailure: async () => did.push('count'),
    closeBreaker: async () => {
      did.push('close');
    },
    endRun: async (_: unknown, ending: Partial<Run>) => {
      if (known?.status !== 'running') return false;
      known = { ...known, ...ending, todo: 'say' };
      return true;
    },
    getRun: async () => known,
    goOn: async ({ status }: Run) => {
      did.push(`go on ${status}`);
    },
    publish: async (notice: Notice) => {
      did.push('publish');
      published.push(notice);
    },
    releaseLease: async () => {
      did.push('release');
    },
    goOnCatchingUp: async ({ next = [] }: Pick<Run, 'next'>) => {
      did.push(`catch up ${next.length}`);
    },
    setTodo: async (_: unknown, todo: Todo | undefined) => {
      if (known) known = { ...known, todo };
      did.push(`todo ${todo}`);
    },
    now: () => Date.parse(DONE),
  };
  return { effects, did, published, record: () => known };
}

describe('settle-run, of a pipeline', () => {
  test('it succeeded - recorded with its steps; what follows begins before people are told', async () => {
    const { effects, did, record } = world();
    expect(await settlePipeline(end(), effects)).toEqual({ status: 'succeeded' });
    expect(did).toEqual(['close', 'go on succeeded', 'publish', 'release', 'catch up 0', 'todo undefined']);
    expect(record()).toMatchObject({ status: 'succeeded', endedAt: DONE, breakerFailures: 3 });
    expect(record()?.ended?.map(({ name }) => name)).toEqual(NAMES);
  });

  test('a step failed - counted, and said before what does not follow for it; the breaker stays as it is', async () => {
    const { effects, did, published, record } = world({}, { status: 'failed', reason: 'JobFailed: exit code 1' });
    expect(await settlePipeline(end(), effects)).toMatchObject({ status: 'failed' });
    expect(did).toEqual(['count', 'publish', 'go on failed', 'release', 'catch up 0', 'todo undefined']);
    expect(published).toMatchObject([{ cause: 'runs', state: 'open' }]);
    expect(record()).toMatchObject({ failuresInRow: 1 });
  });

  test('asked again when all is done - the same, and nothing twice', async () => {
    const { effects, did } = world();
    await settlePipeline(end(), effects);
    const before = did.length;
    expect(await settlePipeline(end(), effects)).toEqual({ status: 'succeeded' });
    expect(did).toHaveLength(before);
  });

  test('it was ended and not said, since a part of this failed - the rest is done', async () => {
    const { effects, did } = world({ status: 'failed', todo: 'say', endedAt: DONE });
    await settlePipeline(end(), effects);
    expect(did).toContain('publish');
    expect(did.at(-1)).toBe('todo undefined');
  });

  test('skipped for a holiday - recorded, and nobody is told; its steps are not looked at', async () => {
    const { effects, published, record } = world();
    const looksAt: unknown[] = [];
    const stepsOf = async (...asked: unknown[]) => {
      looksAt.push(asked);
      return [];
    };
    await settlePipeline(end({ decision: 'skip', reason: 'closed: Christmas' }), { ...effects, stepsOf });
    expect(record()).toMatchObject({ status: 'skipped', reason: 'closed: Christmas' });
    expect([published, looksAt]).toEqual([[], []]);
  });

  test('what the machine hands over - is what the contract takes', () => {
    expect(input.parse(end())).toMatchObject({ run: { kind: 'pipeline', generation: 1 } });
  });
});

describe('settle-run, of a run that was to begin again', () => {
  const refused = end({
    ...{ decision: 'skip', reason: 'paused by ana: x' },
    run: aPlan({ execution: OF_RERUN, by: 'bo', generation: 2, again: {}, next: [{ key: 'k', scheduledFor: DONE }] }),
  });

  test('it may not - whoever asked is told, the record is not touched, and the next in the row begins', async () => {
    const { effects, did, published, record } = world({ status: 'failed', todo: undefined });
    expect(await settlePipeline(refused, effects)).toEqual({ status: 'skipped', reason: 'paused by ana: x' });
    expect(did).toEqual(['publish', 'release', 'catch up 1']);
    expect(published).toMatchObject([{ workload: 'collection', lines: expect.arrayContaining(['paused by ana: x']) }]);
    expect(record()).toMatchObject({ status: 'failed' });
  });

  test('the run goes on in another execution - its lease is left to it', async () => {
    const { effects, did } = world();
    await settlePipeline(refused, effects);
    expect(did).not.toContain('release');
  });

  test('an earlier execution settles once more when it has begun again - nothing', async () => {
    const { effects, did } = world({ execution: OF_RERUN, generation: 2 });
    expect(await settlePipeline(end(), effects)).toEqual({ status: 'running' });
    expect(did).toEqual([]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { admitPipeline } from '../../../functions/admit-run/admit-pipeline.ts';
import type { Input } from '../../../functions/admit-run/contract.ts';
import type { PipelineWorkload } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aStage } from '../../shared/builders.ts';
import {
  aFollower,
  aPipeline,
  aPipelineRun,
  BEGUN,
  DUE,
  OF_RERUN,
  OF_RUN,
  RUN_KEY,
} from '../../shared/pipeline/a-run.ts';

interface World {
  known?: Run;
  claim?: 'claimed' | 'duplicate';
  held?: string;
  holder?: string;
  workload?: PipelineWorkload;
  now?: string;
  /** Runs of earlier dates. */
  earlier?: Run[];
}

async function admitted(
  request: Partial<Input['request']>,
  { known, claim = 'claimed', held, holder, workload = aPipeline(), now = BEGUN, earlier = [] }: World = {},
  execution = OF_RUN,
) {
  const did: unknown[] = [];
  const stage = aStage({ workloads: { collection: workload } });
  const answer = await admitPipeline(
    workload,
    {
      request: { workload: 'collection', scheduledFor: DUE, by: 'schedule', parameters: {}, ...request },
      ...{ execution, startedAt: BEGUN },
    },
    {
      stage: () => stage,
      getRun: async () => known,
      runsBetween: async (_: string, { before }: { before: string }) => {
        did.push(`before ${before}`);
        return earlier;
      },
      claimAgain: async (run: Run) => {
        did.push(`claim ${run.generation}${run.startedAt ? '' : ' unbegun'}`);
        return claim;
      },
      putBack: async (run: Run) => {
        did.push(['back', run]);
      },
      setBegun: async ({ startedAt }) => {
        did.push(`begun ${startedAt}`);
      },
      heldBack: async () => held,
      overBudget: async () => undefined,
      getBreaker: async () => undefined,
      isEmergency: async () => false,
      kept: async () => undefined,
      takeLease: async () => {
        did.push('lease');
        return holder;
      },
      now: () => Date.parse(now),
    },
  );
  return { ...answer, did };
}
const failed = aPipelineRun({ status: 'failed' });

describe('admit-run, of a pipeline', () => {
  test('nothing against it - runs, with its record and the lease', async () => {
    const { decision, run, did } = await admitted({});
    expect([decision, run]).toMatchObject(['run', { kind: 'pipeline', key: RUN_KEY, generation: 1, startedAt: BEGUN }]);
    expect(did).toEqual(['claim 1', 'lease']);
  });

  test('delivered twice - the second does nothing', async () => {
    expect(await admitted({}, { known: aPipelineRun() }, OF_RERUN)).toMatchObject({ decision: 'duplicate', did: [] });
  });

  test('the same execution asks again - it is the same generation', async () => {
    const known = aPipelineRun({ generation: 2, execution: OF_RERUN });
    const { decision, run, did } = await admitted({ again: {} }, { known }, OF_RERUN);
    expect([decision, run, did]).toMatchObject(['run', { generation: 2 }, ['claim 2', 'lease']]);
  });

  test.each([
    [
      'the exchange is closed',
      { workload: aPipeline({ closed: { '2026-11-23': 'founding day' } }) },
      'closed: founding day',
    ],
    ['a person paused it', { held: 'paused by ana: x' }, 'paused by ana: x'],
    ['its run before goes on', { holder: '2026-11-20T16:30' }, 'busy: the run of 2026-11-20T16:30 is still going on'],
  ])('%s - skipped, with the reason', async (_, world, reason) => {
    const { decision, did, ...answer } = await admitted({}, world);
    expect([decision, answer.reason]).toEqual(['skip', reason]);
    expect(did).not.toContainEqual(['back', expect.anything()]);
  });

  const late = { scheduledFor: '2026-11-20T07:30:00.000Z' };
  test('late, by the schedule - skipped', async () => {
    expect(await admitted(late)).toMatchObject({ decision: 'skip', reason: expect.stringContaining('late') });
  });

  test('of an earlier day, or of a day off, by a person - runs', async () => {
    const closed = aPipeline({ closed: { '2026-11-20': 'closed' } });
    expect(await admitted({ ...late, by: 'ana' }, { workload: closed })).toMatchObject({ decision: 'run' });
  });
});

describe('admit-run, of a run that is begun again', () => {
  test('it failed - the next generation, of the same key', async () => {
    const { run, decision, did } = await admitted(
      { by: 'ana', again: { only: 'failed' } },
      { known: failed },
      OF_RERUN,
    );
    expect([decision, run]).toMatchObject(['run', { generation: 2, key: RUN_KEY, again: { only: 'failed' } }]);
    expect(did).toEqual(['claim 2', 'lease']);
  });

  test('it was left out, since the one before had failed - the first generation', async () => {
    const known = aPipelineRun({ status: 'skipped', generation: 0 });
    expect((await admitted({ again: {} }, { known }, OF_RERUN)).run).toMatchObject({ generation: 1 });
  });

  test('a person paused it - skipped, and the record is what it was', async () => {
    const { decision, did } = await admitted(
      { by: 'bo', again: {} },
      { known: failed, held: 'paused by ana: x' },
      OF_RERUN,
    );
    expect([decision, did]).toEqual(['skip', ['claim 2', ['back', failed]]]);
  });

  test('there is nothing to begin again - a duplicate; with others to be made up for behind it, skipped', async () => {
    const world: World = { known: aPipelineRun({ status: 'succeeded' }), claim: 'duplicate' };
    expect(await admitted({ again: { only: 'failed' } }, world, OF_RERUN)).toMatchObject({ decision: 'duplicate' });
    const next = [{ key: 'k', scheduledFor: DUE }];
    expect(await admitted({ again: { only: 'failed' }, next }, world, OF_RERUN)).toMatchObject({
      ...{ decision: 'skip', reason: 'it has ended already', run: { next } },
    });
  });
});

describe('admit-run, of one that another has started', () => {
  const chained = { by: 'collection' };
  const workload = aFollower();

  test('its own run of the day before goes on - it waits; in vain, it is skipped', async () => {
    const world = { workload, holder: '2026-11-20T16:30' };
    expect(await admitted(chained, world)).toMatchObject({ decision: 'wait' });
    expect(await admitted(chained, { ...world, now: '2026-11-23T08:00:01.000Z' })).toMatchObject({ decision: 'skip' });
  });

  test('it has waited - its time begins now', async () => {
    const known = aPipelineRun({ by: 'collection', startedAt: undefined });
    const { run, did } = await admitted(chained, { workload, known, now: '2026-11-23T07:50:00.000Z' });
    expect(run).toMatchObject({ startedAt: '2026-11-23T07:50:00.000Z', deadlineAt: '2026-11-23T08:20:00.000Z' });
    const looked = `before ${RUN_KEY}`;
    expect(did).toEqual(['claim 1 unbegun', looked, 'lease', 'begun 2026-11-23T07:50:00.000Z']);
  });

  test('one of an earlier date waits too - after that one, although the lease is free', async () => {
    const earlier = [
      aPipelineRun({ key: '2026-11-20T16:30', status: 'succeeded' }),
      aPipelineRun({ key: '2026-11-19T16:30', startedAt: undefined }),
    ];
    const { decision, reason, did } = await admitted(chained, { workload, earlier });
    expect([decision, reason]).toEqual(['wait', 'busy: the run of 2026-11-19T16:30 is still going on']);
    expect(did).not.toContain('lease');
    const late = '2026-11-23T08:00:01.000Z';
    expect(await admitted(chained, { workload, earlier, now: late })).toMatchObject({ decision: 'skip' });
    expect(await admitted(chained, { workload, earlier: earlier.slice(0, 1) })).toMatchObject({ decision: 'run' });
  });

  test('it has begun, and its answer was lost - it is not held up by one that came since', async () => {
    const known = aPipelineRun({ by: 'collection' });
    const earlier = [aPipelineRun({ key: '2026-11-20T16:30', startedAt: undefined })];
    expect(await admitted(chained, { workload, known, earlier })).toMatchObject({ decision: 'run' });
  });

  test('what it comes after has succeeded once more while it goes on - it is run again after that', async () => {
    const world: World = { workload, known: aPipelineRun({ by: 'collection' }), claim: 'duplicate' };
    const again = { ...chained, again: {} };
    expect(await admitted(again, world, OF_RERUN)).toMatchObject({ decision: 'wait', run: { generation: 2 } });
    const late = { ...world, now: '2026-11-23T08:00:01.000Z' };
    expect(await admitted(again, late, OF_RERUN)).toMatchObject({ decision: 'skip' });
    expect(await admitted({ ...again, by: 'ana' }, world, OF_RERUN)).toMatchObject({ decision: 'duplicate' });
  });
});

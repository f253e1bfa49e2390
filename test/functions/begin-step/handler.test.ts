import { describe, expect, test } from '@jest/globals';
import type { PipelinePlan } from '../../../functions/admit-run/contract.ts';
import { beginStep } from '../../../functions/begin-step/handler.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { StepRecord } from '../../../shared/state/steps.ts';
import { aStage, minutesAfter } from '../../shared/builders.ts';
import { aPipeline, aPipelineRun, aPlan, aRecord, BEGUN, RUN_KEY } from '../../shared/pipeline/a-run.ts';

interface World {
  run?: Partial<PipelinePlan>;
  known?: Partial<Run> | 'none';
  records?: StepRecord[];
  isStopped?: boolean;
  minutes?: number;
}

async function begun(step: string, { run, known, records = [], isStopped = false, minutes = 2 }: World = {}) {
  const written: unknown[] = [];
  const answer = await beginStep(
    { step, run: aPlan(run) },
    {
      stage: () => aStage({ workloads: { collection: aPipeline() } }),
      getRun: async () => (known === 'none' ? undefined : aPipelineRun(known)),
      stepsOf: async (_: string, __: string, names: readonly string[]) =>
        records.filter((one) => names.includes(one.step)),
      isEmergency: async () => isStopped,
      record: async (...asked: unknown[]) => written.push(asked) > 0,
      now: () => minutesAfter(BEGUN, minutes),
    },
  );
  return { ...answer, written };
}
const done = (...names: string[]) => names.map((name) => aRecord(name));
const second = { run: { generation: 2 }, known: { generation: 2 } };
const again = (asked: PipelinePlan['again']) => ({ run: { generation: 2, again: asked }, known: { generation: 2 } });

describe('begin-step', () => {
  test('all that it needs has succeeded - it runs, and is written down', async () => {
    const { decision, ask, secondsLeft, written } = await begun('save', { records: done('kospi', 'kosdaq') });
    expect([decision, secondsLeft]).toEqual(['run', 300]);
    expect(ask).toMatchObject({ command: { InstanceIds: ['mi-0123456789abcdef0'] } });
    expect(written).toEqual([[{ workload: 'collection', key: RUN_KEY, step: 'save' }, 1, '2026-11-23T07:32:01.000Z']]);
  });

  test('it needs nothing - it runs', async () => {
    expect(await begun('check')).toMatchObject({ decision: 'run' });
  });

  test('asked a second time, since the answer was lost - the same', async () => {
    const records = [...done('kospi', 'kosdaq'), aRecord('save', { status: 'running' })];
    expect(await begun('save', { records })).toMatchObject({ decision: 'run', ask: { command: {} } });
  });

  test('less is left of the run than it may take - it has as long as that', async () => {
    expect(await begun('check', { minutes: 29 })).toMatchObject({ secondsLeft: 60 });
  });

  test.each<[string, StepRecord[], string]>([
    ['one failed', [aRecord('kospi', { status: 'failed' }), aRecord('kosdaq')], 'kospi did not succeed'],
    ['one is not come by', [aRecord('kosdaq')], 'kospi did not succeed'],
    ['one goes on', [aRecord('kospi'), aRecord('kosdaq', { status: 'running' })], 'kosdaq did not succeed'],
    [
      'both were passed over',
      done('kospi', 'kosdaq').map((one) => ({ ...one, status: 'passed-over' as const })),
      'kospi, kosdaq did not succeed',
    ],
  ])('of what it needs, %s - passed over', async (_, records, reason) => {
    expect(await begun('save', { records })).toEqual({ decision: 'pass', reason, written: [] });
  });

  test('what it needs succeeded in an earlier execution of the run alone - passed over', async () => {
    const records = done('kospi', 'kosdaq');
    expect(await begun('save', { ...second, records })).toMatchObject({ decision: 'pass' });
  });

  test.each<[string, World, string]>([
    ['the time of the run is up', { minutes: 30 }, 'the time of the run was up'],
    ['there is an emergency', { isStopped: true }, 'everything is stopped for an emergency'],
    ['the run has ended', { known: { status: 'aborted' } }, 'the run is over'],
    ['the run was begun again meanwhile', { known: { generation: 2 } }, 'the run is over'],
    ['there is no such run', { known: 'none' }, 'the run is over'],
  ])('%s - passed over', async (_, world, reason) => {
    expect(await begun('check', world)).toEqual({ decision: 'pass', reason, written: [] });
  });

  test('it has ended in this execution - kept, also when the run is over', async () => {
    const world = { records: done('check'), known: { status: 'aborted' as const } };
    expect(await begun('check', world)).toEqual({ decision: 'keep', reason: 'it has ended already', written: [] });
  });

  test('a step that the stage file does not have any more - says so', async () => {
    await expect(begun('sve')).rejects.toMatchObject({ name: 'InvalidInput', message: expect.stringContaining('sve') });
  });
});

describe('begin-step of a run that is begun again', () => {
  test('only what failed - what succeeded is kept, the rest runs', async () => {
    const world = again({ only: 'failed' });
    expect(await begun('check', { ...world, records: done('check') })).toMatchObject({ decision: 'keep' });
    const records = [aRecord('check', { generation: 2 }), aRecord('kospi', { status: 'failed' })];
    expect(await begun('kospi', { ...world, records })).toMatchObject({ decision: 'run' });
  });

  test('from a step on - it runs whatever became of what it needs', async () => {
    const records = [aRecord('kospi', { status: 'failed', generation: 2 }), aRecord('kosdaq')];
    expect(await begun('save', { ...again({ from: 'save' }), records })).toMatchObject({ decision: 'run' });
  });

  test('from a step on - what is not after it is kept, also what failed', async () => {
    const world = { ...again({ from: 'save' }), records: [aRecord('kospi', { status: 'failed' })] };
    expect(await begun('kospi', world)).toMatchObject({ decision: 'keep', reason: 'not asked for' });
  });

  test('from a step on - what comes after it needs all that it needs', async () => {
    const records = [aRecord('kospi', { generation: 2 }), aRecord('kosdaq', { generation: 2, status: 'failed' })];
    expect(await begun('save', { ...again({ from: 'kospi' }), records })).toMatchObject({
      ...{ decision: 'pass', reason: 'kosdaq did not succeed' },
    });
  });
});

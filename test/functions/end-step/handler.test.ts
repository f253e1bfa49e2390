import { describe, expect, test } from '@jest/globals';
import type { Input } from '../../../functions/end-step/contract.ts';
import { endStep } from '../../../functions/end-step/handler.ts';
import type { Expectation, StepWork } from '../../../shared/stage/compiled.ts';
import type { StepRecord, Waiting } from '../../../shared/state/steps.ts';
import { aStage } from '../../shared/builders.ts';
import { aPipeline, aPlan, aRecord, aStep, DONE, RUN_KEY } from '../../shared/pipeline/a-run.ts';

interface World {
  step?: string;
  expected?: Record<string, Expectation>;
  records?: StepRecord[];
  before?: (Record<string, number> | undefined)[];
  waiting?: Partial<Waiting>[];
  isKept?: boolean;
  work?: StepWork;
}

async function ended(
  said: Input['said'],
  { step = 'save', expected = {}, records = [], before = [], waiting = [], isKept = true, work }: World = {},
) {
  const did: unknown[] = [];
  const pipeline = aPipeline({
    steps: { ...aPipeline().steps, save: aStep(['kospi'], { expect: expected, ...(work && { work }) }) },
  });
  const answer = await endStep(
    { step, run: aPlan(), said },
    {
      stage: () => aStage({ workloads: { collection: pipeline } }),
      stepsOf: async (_: string, __: string, names: readonly string[]) =>
        records.filter((one) => names.includes(one.step)),
      historyOf: async (_: unknown, limit: number) => {
        did.push(`history ${limit}`);
        return before.map((numbers) => aRecord('save', numbers && { numbers }));
      },
      keepStep: async ({ step: name }: { step: string }, generation: number) => {
        did.push(`keep ${name} ${generation}`);
        return isKept;
      },
      record: async ({ step: name }: { step: string }, _: number, ending: object) => {
        did.push([name, JSON.parse(JSON.stringify(ending))]);
        return true;
      },
      waitingOf: async () =>
        waiting.map((one) => ({
          ...{ workload: 'collection', key: RUN_KEY, step: 'x', generation: 1, needs: ['save'], token: 'token' },
          ...one,
        })),
      runningTasks: async (cluster: string, family: string) => {
        did.push(`tasks of ${family} in ${cluster}`);
        const environment = { LAMPLIGHTER_PIPELINE: 'collection', LAMPLIGHTER_STEP: step, LAMPLIGHTER_RUN: RUN_KEY };
        return [{ arn: 'task/own', environment }];
      },
      stopTask: async (_: string, arn: string) => {
        did.push(`stop ${arn}`);
      },
      sendTaskSuccess: async (token: string) => did.push(`answer ${token}`) > 0,
      now: () => Date.parse(DONE),
    },
  );
  return { answer, did };
}
const result = (numbers: Record<string, number>) => ({ decision: 'run' as const, result: { exitCode: 0, numbers } });
const COLLECTED = { collected: { atLeast: 2700, failBelow: 2500 } };

describe('end-step', () => {
  test('it did its work - succeeded, with its numbers', async () => {
    const { answer, did } = await ended(result({ collected: 2712 }), { expected: COLLECTED });
    expect(answer).toEqual({ status: 'succeeded' });
    expect(did).toEqual([['save', { status: 'succeeded', endedAt: DONE, numbers: { collected: 2712 } }]]);
  });

  test('how long its work itself took - its own seconds, not those until somebody asked after it', async () => {
    const times = { startedAt: '2026-11-23T07:31:00.500Z', endedAt: '2026-11-23T07:31:20.500Z' };
    const { did } = await ended({ decision: 'run', result: { exitCode: 0, ...times } });
    expect(did).toEqual([['save', { status: 'succeeded', endedAt: DONE, seconds: 20 }]]);
  });

  test('the time of a task was up - it is stopped, before that is recorded; one that has ended is not looked for', async () => {
    const work: StepWork = {
      ...{ by: 'task', cluster: 'app', definition: 'reports', roles: [], environment: {} },
      ...{ subnets: [], securityGroups: [], publicIp: false },
    };
    const said = (name: string) => ({ decision: 'run' as const, error: { Error: name } });
    const { answer, did } = await ended(said('States.Timeout'), { work });
    expect(answer.status).toBe('timed-out');
    expect(did).toEqual(['tasks of reports in app', 'stop task/own', ['save', expect.anything()]]);
    expect((await ended(said('States.TaskFailed'), { work })).did).toHaveLength(1);
    expect((await ended(said('States.Timeout'))).did).toHaveLength(1);
  });

  test('a number is low - succeeded, and people are warned', async () => {
    const { answer, did } = await ended(result({ collected: 2600 }), { expected: COLLECTED });
    expect(answer).toEqual({ status: 'succeeded' });
    expect(did).toMatchObject([['save', { status: 'succeeded', warnings: ['collected is 2600, less than 2700'] }]]);
  });

  test('a number is too low - failed, for that', async () => {
    const { answer, did } = await ended(result({ collected: 2499 }), { expected: COLLECTED });
    expect(answer).toEqual({ status: 'failed', reason: 'collected is 2499, less than 2500' });
    expect(did).toMatchObject([['save', { status: 'failed', numbers: { collected: 2499 } }]]);
  });

  test('held to what is usual - the last twenty are looked at, for this alone', async () => {
    const before = Array.from({ length: 5 }, () => ({ collected: 2000 }));
    const { did } = await ended(result({ collected: 2700 }), { expected: { collected: { nearMedian: 10 } }, before });
    expect(did[0]).toBe('history 20');
    expect(did[1]).toMatchObject(['save', { warnings: [expect.stringContaining('usually 2000')] }]);
  });

  test.each([
    ['JobFailed', 'failed'],
    ['DeadlineExceeded', 'timed-out'],
  ])('its work ended with %s - %s, and nothing is expected of its numbers', async (name, status) => {
    const { answer } = await ended({ decision: 'run', error: { Error: name, Cause: '' } }, { expected: COLLECTED });
    expect(answer).toMatchObject({ status, reason: expect.stringContaining(name) });
  });

  test('it could not even be begun - failed, for that', async () => {
    const { answer } = await ended({ Error: 'ConfigurationMissing', Cause: '{"errorMessage":"no table"}' });
    expect(answer).toEqual({ status: 'failed', reason: 'ConfigurationMissing: no table' });
  });

  test('passed over - recorded so', async () => {
    const { answer, did } = await ended({ decision: 'pass', reason: 'kospi did not succeed' });
    expect(answer).toEqual({ status: 'passed-over', reason: 'kospi did not succeed' });
    expect(did).toEqual([['save', { ...answer, endedAt: DONE }]]);
  });

  test('kept - as it ended before; with nothing before, passed over', async () => {
    const said = { decision: 'keep' as const, reason: 'not asked for' };
    expect(await ended(said)).toEqual({ answer: { status: 'kept' }, did: ['keep save 1'] });
    const { answer } = await ended(said, { isKept: false });
    expect(answer).toEqual({ status: 'passed-over', reason: 'not asked for' });
  });
});

describe('who waits for it', () => {
  const said = { decision: 'pass' as const };
  const records = [aRecord('save'), aRecord('kospi', { status: 'running' })];

  test('for it alone - goes on, when it is recorded', async () => {
    const { did } = await ended(said, { records, waiting: [{}] });
    expect(did).toEqual([['save', expect.anything()], 'answer token']);
  });

  test('for it, which is kept - goes on too', async () => {
    const { did } = await ended({ decision: 'keep' }, { records, waiting: [{}] });
    expect(did).toEqual(['keep save 1', 'answer token']);
  });

  test.each<[string, Partial<Waiting>]>([
    ['for another one too, which goes on', { needs: ['save', 'kospi'] }],
    ['for others', { needs: ['kosdaq'] }],
    ['in another execution of the run', { generation: 2 }],
  ])('%s - does not', async (_, waiting) => {
    const { did } = await ended(said, { records, waiting: [waiting] });
    expect(did).toEqual([['save', expect.anything()]]);
  });
});

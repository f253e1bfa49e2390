import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { lookAtAll } from '../../../functions/guard-cost/look.ts';
import type { InstanceFacts } from '../../../shared/aws/instances.ts';
import type { DaySpend } from '../../../shared/state/ledger.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { anEnvironment, aRun, aStage, aWorkload, DEADLINE, INSTANCE } from '../../shared/builders.ts';
import { noQueues } from './no-queues.ts';

const NOW = Date.parse('2026-11-02T14:00:00+09:00');
const HOUR = 3_600_000;
const stage = aStage({ workloads: { nightly: aWorkload(), 'chat-app': anEnvironment() } });

interface World {
  instance?: InstanceFacts | Error;
  stack?: { status: string; createdAt: number } | Error;
  runs?: Partial<Run>[];
  before?: DaySpend;
}

function look({ instance, stack, runs = [], before }: World) {
  const effects = {
    describeInstances: async (ids: string[]) => {
      expect(ids).toEqual([INSTANCE]);
      if (instance instanceof Error) throw instance;
      return new Map<string, InstanceFacts>(instance ? [[INSTANCE, instance]] : []);
    },
    describeStack: async () => {
      if (stack instanceof Error) throw stack;
      return stack && { id: 'arn', parameters: {}, ...stack };
    },
    ...noQueues,
    newestRuns: async (workload: string) => runs.map((run) => aRun({ workload, ...run })),
  };
  return lookAtAll(stage, () => before, NOW, effects);
}

const error = (name: string) => Object.assign(new Error('no'), { name });
const was = (isOn: boolean): DaySpend => ({
  usd: 1,
  onSeconds: 1,
  isOn,
  seenAt: new Date(NOW - HOUR / 4).toISOString(),
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('lookAtAll, an instance', () => {
  const looked = async (world: World) => (await look(world))['nightly'];

  test('on with its run - since its start, expected off by the deadline of the run', async () => {
    const instance: InstanceFacts = { state: 'running', type: 't3.medium', launchedAt: NOW - HOUR };
    expect(await looked({ instance, runs: [{ status: 'running' }] })).toEqual({
      ...{ isOn: true, type: 't3.medium', on: { from: NOW - HOUR, to: NOW } },
      offBy: Date.parse(DEADLINE),
    });
  });

  test('on without a run - nobody says when it goes off', async () => {
    const instance: InstanceFacts = { state: 'running', type: 't3.medium', launchedAt: NOW - HOUR };
    expect(await looked({ instance, runs: [{ status: 'succeeded' }] })).not.toHaveProperty('offBy');
  });

  test('off - the stretch that it was on last', async () => {
    const instance: InstanceFacts = {
      state: 'stopped',
      type: 't3.medium',
      launchedAt: NOW - HOUR,
      stoppedAt: NOW - 60_000,
    };
    expect(await looked({ instance })).toEqual({
      ...{ isOn: false, type: 't3.medium' },
      on: { from: NOW - HOUR, to: NOW - 60_000 },
    });
  });

  test('off without a time of its stop - nothing is made up', async () => {
    const instance: InstanceFacts = { state: 'stopped', type: 't3.medium', launchedAt: NOW - HOUR };
    expect(await looked({ instance })).toEqual({ isOn: false, type: 't3.medium' });
  });

  test('there is none - it costs nothing', async () => {
    expect(await looked({})).toEqual({ isOn: false });
  });

  test('EC2 does not answer - it is unseen, and the environment is seen all the same', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const looks = await look({
      instance: error('RequestLimitExceeded'),
      stack: { status: 'CREATE_COMPLETE', createdAt: 5 },
    });
    expect(looks['nightly']).toEqual({ unseen: 'RequestLimitExceeded' });
    expect(looks['chat-app']).toMatchObject({ isOn: true });
    expect(log.mock.calls.join()).toContain('"workload":"nightly"');
  });
});

describe('lookAtAll, an environment', () => {
  const looked = async (world: World) => (await look(world))['chat-app'];

  test('up - since its creation, expected off at the end of its hours', async () => {
    expect(await looked({ stack: { status: 'UPDATE_IN_PROGRESS', createdAt: 7 } })).toEqual({
      ...{ isOn: true, on: { from: 7, to: NOW } },
      offBy: Date.parse('2026-11-02T18:00:00+09:00'),
    });
  });

  test.each(['ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS'])('%s - without resources, it costs nothing', async (status) => {
    expect(await looked({ stack: { status, createdAt: 7 } })).toEqual({ isOn: false });
  });

  test('gone since the last look, by our own run - it was on until the run ended', async () => {
    const endedAt = new Date(NOW - 60_000).toISOString();
    expect(await looked({ before: was(true), runs: [{ act: 'stop', status: 'succeeded', endedAt }] })).toEqual({
      ...{ isOn: false, on: { from: 0, to: NOW - 60_000 } },
    });
  });

  test('gone since the last look, by somebody - it counts until now', async () => {
    const endedAt = new Date(NOW - 24 * HOUR).toISOString();
    expect(await looked({ before: was(true), runs: [{ act: 'stop', status: 'succeeded', endedAt }] })).toEqual({
      ...{ isOn: false, on: { from: 0, to: NOW } },
    });
  });

  test('gone before already', async () => {
    expect(await looked({ before: was(false) })).toEqual({ isOn: false });
  });

  test('CloudFormation does not answer - unseen', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await looked({ stack: error('Throttling') })).toEqual({ unseen: 'Throttling' });
  });
});

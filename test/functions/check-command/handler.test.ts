import { beforeEach, describe, expect, test } from '@jest/globals';
import { checkCommand } from '../../../functions/check-command/handler.ts';
import type { Invocation } from '../../../shared/aws/commands.ts';
import type { InstanceState } from '../../../shared/aws/instances.ts';
import { ADMITTED, aStage, DEADLINE, INSTANCE } from '../../shared/builders.ts';

const TIMES = { startedAt: '2026-11-01T17:01:00Z', endedAt: '2026-11-01T17:20:00Z' };
const LOG = `/lamplighter/dev/nightly:cmd-1/${INSTANCE}`;
const asked = { commandId: 'cmd-1', instanceId: INSTANCE, deadlineAt: DEADLINE, workload: 'nightly' };

let cancelled: string[][];
beforeEach(() => {
  cancelled = [];
});

function effects(job: Partial<Invocation>, { state = 'running' as InstanceState, now = ADMITTED } = {}) {
  return {
    commandInvocation: async () => ({ status: 'InProgress', details: '', exitCode: -1, ...job }),
    instanceState: async (): Promise<InstanceState> => state,
    cancelCommand: async (commandId: string, instanceId: string): Promise<void> => {
      cancelled.push([commandId, instanceId]);
    },
    now: () => Date.parse(now),
    stage: () => aStage(),
  };
}

const justBefore = new Date(Date.parse(DEADLINE) - 1).toISOString();

describe('checkCommand', () => {
  test('the job succeeded - its times and where its log is', async () => {
    const job = { status: 'Success', details: 'Success', exitCode: 0, ...TIMES };
    expect(await checkCommand(asked, effects(job))).toEqual({ exitCode: 0, ...TIMES, log: LOG });
  });

  test('succeeded, seen after the deadline and on a stopped instance - a success all the same', async () => {
    const late = effects({ status: 'Success', exitCode: 0 }, { state: 'stopped', now: '2026-11-01T20:00:00Z' });
    expect(await checkCommand(asked, late)).toEqual({ exitCode: 0, log: LOG });
  });

  test.each([
    ['Failed', 'Failed', 3],
    ['TimedOut', 'DeliveryTimedOut', -1],
    ['Cancelled', 'Cancelled', -1],
  ])('the job ended %s - JobFailed, with what is known as JSON for settle-run', async (status, details, exitCode) => {
    const error = await checkCommand(asked, effects({ status, details, exitCode, ...TIMES })).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'JobFailed' });
    expect(JSON.parse(error.message)).toEqual({
      message: `the job ended ${details} with exit code ${exitCode}`,
      exitCode,
      ...TIMES,
      log: LOG,
    });
  });

  test('failed, seen after the deadline - JobFailed and not DeadlineExceeded', async () => {
    const late = effects({ status: 'Failed', details: 'Failed', exitCode: 1 }, { now: DEADLINE });
    await expect(checkCommand(asked, late)).rejects.toMatchObject({ name: 'JobFailed' });
  });

  test.each(['Pending', 'InProgress', 'Delayed', 'Cancelling'])(
    '%s - CommandInProgress until the deadline, then DeadlineExceeded',
    async (status) => {
      const at = (now: string) => checkCommand(asked, effects({ status }, { now }));
      await expect(at(justBefore)).rejects.toMatchObject({ name: 'CommandInProgress' });
      await expect(at(DEADLINE)).rejects.toMatchObject({ name: 'DeadlineExceeded' });
    },
  );

  test.each<InstanceState>(['stopping', 'stopped', 'shutting-down', 'terminated'])(
    'in progress by its word, but the instance is %s - InstanceStopped, at once',
    async (state) => {
      await expect(checkCommand(asked, effects({}, { state }))).rejects.toMatchObject({
        name: 'InstanceStopped',
        message: expect.stringContaining(`${INSTANCE} is ${state}`),
      });
    },
  );

  test('the instance is gone and the deadline over - DeadlineExceeded, whatever EC2 would say', async () => {
    const gone = effects({}, { state: 'terminated', now: DEADLINE });
    await expect(checkCommand(asked, gone)).rejects.toMatchObject({ name: 'DeadlineExceeded' });
  });
});

describe('checkCommand of a step of a pipeline', () => {
  const server = 'mi-0123456789abcdef0';
  const step = { ...asked, instanceId: server, sentAt: ADMITTED, seconds: 300 };
  const secondsOn = (seconds: number) => new Date(Date.parse(ADMITTED) + seconds * 1000).toISOString();
  const noInstance = { state: 'terminated' as InstanceState };

  test('it succeeded - with its numbers', async () => {
    const output = 'KOSPI 1\n::metric collected=950\n';
    expect(await checkCommand(step, effects({ status: 'Success', exitCode: 0, output, ...TIMES }))).toEqual({
      ...{ exitCode: 0, ...TIMES, log: `/lamplighter/dev/nightly:cmd-1/${server}`, numbers: { collected: 950 } },
    });
  });

  test('it failed - with the numbers that it had reported', async () => {
    const failed = effects({ status: 'Failed', details: 'Failed', exitCode: 3, output: '{"collected": 12}' });
    const error = await checkCommand(step, failed).catch((thrown) => thrown);
    expect(JSON.parse(error.message)).toMatchObject({ exitCode: 3, numbers: { collected: 12 } });
  });

  test('an own server, of which EC2 knows nothing - in progress until its time is up, then cancelled', async () => {
    const at = (now: string) => checkCommand(step, effects({}, { ...noInstance, now }));
    await expect(at(secondsOn(299.999))).rejects.toMatchObject({ name: 'CommandInProgress' });
    expect(cancelled).toEqual([]);
    await expect(at(secondsOn(300))).rejects.toMatchObject({ name: 'DeadlineExceeded' });
    expect(cancelled).toEqual([['cmd-1', server]]);
  });

  test('the run’s time is up before its own - cancelled then', async () => {
    const long = { ...step, seconds: 86_400 };
    await expect(checkCommand(long, effects({}, { now: DEADLINE }))).rejects.toMatchObject({
      name: 'DeadlineExceeded',
    });
    expect(cancelled).toHaveLength(1);
  });

  test('it cannot be cancelled - that error, so that it is asked again', async () => {
    const broken = {
      ...effects({}, { now: secondsOn(300) }),
      cancelCommand: async () => {
        throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      },
    };
    await expect(checkCommand(step, broken)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  test('Systems Manager has ended it for its time - DeadlineExceeded, which is not tried again', async () => {
    const ended = effects({ status: 'TimedOut', details: 'ExecutionTimedOut', output: '::metric n=1' });
    const error = await checkCommand(step, ended).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'DeadlineExceeded' });
    expect(JSON.parse(error.message)).toMatchObject({ numbers: { n: 1 } });
    expect(cancelled).toEqual([]);
  });

  test('an instance of EC2 that went away under it - InstanceStopped, at once', async () => {
    const onInstance = { ...step, instanceId: INSTANCE };
    await expect(checkCommand(onInstance, effects({}, noInstance))).rejects.toMatchObject({ name: 'InstanceStopped' });
  });
});

import { describe, expect, test } from '@jest/globals';
import type { BatchPlan } from '../../../functions/admit-run/contract.ts';
import { planRun } from '../../../functions/admit-run/plan.ts';
import type { BatchEnd } from '../../../functions/settle-run/contract.ts';
import { judgeBatch } from '../../../functions/settle-run/judge-batch.ts';
import { ADMITTED, aStage, aWorkload, DEADLINE, EXECUTION, SCHEDULED } from '../../shared/builders.ts';

const request = { workload: 'nightly', scheduledFor: SCHEDULED, by: 'schedule', parameters: {} };
const run = planRun(aStage(), aWorkload(), { request, execution: EXECUTION, startedAt: ADMITTED }) as BatchPlan;
const NOW = Date.parse('2026-11-01T17:40:00.000Z');
const STARTED = '2026-11-01T17:00:20.000Z';
const STOPPED = '2026-11-01T17:30:20.000Z';

/** What a run that went well leaves behind, changed. */
const left = (changes: Partial<BatchEnd> = {}): BatchEnd => ({
  decision: 'run',
  run,
  claim: { ownsInstance: true },
  started: { at: STARTED },
  result: { exitCode: 0, startedAt: '2026-11-01T17:01:00Z', endedAt: '2026-11-01T17:25:30Z', log: 'group:stream' },
  stopped: { state: 'stopped', at: STOPPED },
  ...changes,
});

const failed = (name: string, cause?: string, changes: Partial<BatchEnd> = {}) =>
  judgeBatch(left({ result: undefined, error: { Error: name, Cause: cause }, ...changes }), NOW);

describe('judgeBatch', () => {
  test('all went well - succeeded, with the job’s seconds and the instance’s hours', () => {
    expect(judgeBatch(left(), NOW)).toEqual({
      status: 'succeeded',
      reason: undefined,
      startedAt: STARTED,
      endedAt: STOPPED,
      exitCode: 0,
      jobSeconds: 1470,
      log: 'group:stream',
      ownsInstance: true,
      instanceHours: 0.5,
    });
  });

  test('skipped - the reason, and nothing of an instance', () => {
    const event: BatchEnd = { decision: 'skip', reason: 'closed: Founding Day', run };
    expect(judgeBatch(event, NOW)).toEqual({
      status: 'skipped',
      reason: 'closed: Founding Day',
      endedAt: new Date(NOW).toISOString(),
    });
  });

  test('the job failed by SSM - exit code, times and log out of Lambda’s JSON in JSON', () => {
    const message = JSON.stringify({
      message: 'the job ended Failed with exit code 3',
      exitCode: 3,
      startedAt: '2026-11-01T17:01:00Z',
      endedAt: '2026-11-01T17:02:00Z',
      log: 'group:stream',
    });
    const cause = JSON.stringify({ errorType: 'JobFailed', errorMessage: message, trace: ['JobFailed: …'] });
    expect(failed('JobFailed', cause)).toMatchObject({
      status: 'failed',
      reason: 'JobFailed: the job ended Failed with exit code 3',
      exitCode: 3,
      jobSeconds: 60,
      log: 'group:stream',
    });
  });

  test('the job failed at boot - exit code, times and log out of the agent’s cause', () => {
    const cause =
      '{"exitCode":4,"startedAt":"2026-11-01T17:01:00Z","endedAt":"2026-11-01T17:03:00Z","log":"s3://l/x.log"}';
    expect(failed('JobFailed', cause)).toMatchObject({
      status: 'failed',
      reason: 'JobFailed',
      exitCode: 4,
      jobSeconds: 120,
      log: 's3://l/x.log',
    });
  });

  test('the machine restarted under the job - the agent’s reason, and no exit code where it has none', () => {
    const cause = '{"exitCode":null,"reason":"the machine restarted","log":"s3://l/x.log"}';
    const ending = failed('JobInterrupted', cause);
    expect(ending).toMatchObject({ status: 'failed', reason: 'JobInterrupted: the machine restarted' });
    expect(ending.exitCode).toBeUndefined();
  });

  test.each([
    ['States.Timeout', undefined, 'timed-out', 'States.Timeout'],
    ['DeadlineExceeded', '{"errorMessage":"still running"}', 'timed-out', 'DeadlineExceeded: still running'],
    ['States.HeartbeatTimeout', undefined, 'failed', 'States.HeartbeatTimeout'],
    ['Ec2.UnauthorizedOperation', 'You may not', 'failed', 'Ec2.UnauthorizedOperation: You may not'],
    ['InstanceStopped', '{"errorMessage":"i-1 is stopped"}', 'failed', 'InstanceStopped: i-1 is stopped'],
    ['Odd', '{"errorMessage":"{not JSON"}', 'failed', 'Odd: {"errorMessage":"{not JSON"}'],
    ['Odd', 'null', 'failed', 'Odd: null'],
    ['Odd', '"text"', 'failed', expect.stringMatching(/^Odd/)],
    ['Odd', '', 'failed', 'Odd'],
  ])('%s with the cause %j - %s', (name, cause, status, reason) => {
    expect(failed(name, cause)).toMatchObject({ status, reason });
  });

  test('the agent’s clean-up failed after a good job - succeeded, and the reason says so; a good one is not mentioned', () => {
    const cleanedUp = (cleanupExitCode: number) => judgeBatch(left({ result: { exitCode: 0, cleanupExitCode } }), NOW);
    expect(cleanedUp(9)).toMatchObject({ status: 'succeeded', reason: 'the clean-up ended with exit code 9' });
    expect(cleanedUp(0).reason).toBeUndefined();
  });

  test('the job failed and the clean-up after it too - both are told', () => {
    expect(failed('JobFailed', '{"exitCode":4,"cleanupExitCode":9}').reason).toBe(
      'JobFailed; the clean-up ended with exit code 9',
    );
  });

  test('the job succeeded but the instance was not seen stopped - succeeded, and the reason says so', () => {
    const stopError = { Error: 'InstanceNotReady', Cause: '{"errorMessage":"i-1 is stopping, not stopped"}' };
    const ending = judgeBatch(left({ stopped: undefined, stopError }), NOW);
    expect(ending).toMatchObject({
      status: 'succeeded',
      reason: 'not stopped: InstanceNotReady: i-1 is stopping, not stopped',
      endedAt: new Date(NOW).toISOString(),
      instanceHours: 0.661,
    });
  });

  test('the job failed and the instance was not seen stopped - both reasons', () => {
    const stopError = { Error: 'Ec2.Ec2Exception', Cause: 'try again' };
    expect(failed('JobFailed', '{"exitCode":1}', { stopped: undefined, stopError }).reason).toBe(
      'JobFailed; not stopped: Ec2.Ec2Exception: try again',
    );
  });

  test('the instance was on before - no hours of it are counted', () => {
    const ending = judgeBatch(left({ claim: undefined, started: undefined, stopped: undefined }), NOW);
    expect(ending).toMatchObject({ status: 'succeeded', startedAt: ADMITTED });
    expect(ending.instanceHours).toBeUndefined();
    expect(ending.ownsInstance).toBeUndefined();
  });

  test('it was never started - failed, and no hours', () => {
    const ending = failed('InsufficientInstanceCapacity', 'none', { started: undefined });
    expect(ending).toMatchObject({ status: 'failed', startedAt: ADMITTED, ownsInstance: true });
    expect(ending.instanceHours).toBeUndefined();
  });

  test('seen after the deadline - the time of the ending is that of the stop', () => {
    expect(judgeBatch(left(), Date.parse(DEADLINE) + 3_600_000).endedAt).toBe(STOPPED);
  });
});

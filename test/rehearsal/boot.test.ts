import { expect, test } from '@jest/globals';
import { act, loud, runsOf } from './stage.ts';

const boot = { stage: 'variants', from: '2026-11-02', days: 1 } as const;

test('a job run at boot - the result comes by the task token, the instance stops', async () => {
  const report = await act({}, boot);
  const runs = runsOf(report, 'boot');
  expect(runs).toEqual([
    expect.objectContaining({
      key: '2026-11-02T06:00',
      status: 'succeeded',
      exitCode: 0,
      jobSeconds: expect.any(Number),
    }),
    expect.objectContaining({ key: '2026-11-02T12:00', status: 'succeeded' }),
  ]);
  expect(report.control.apiCalls['sfn.SendTaskSuccess']).toBe(2);
  expect(report.control.apiCalls['sfn.SendTaskHeartbeat']).toBeGreaterThan(20);
  expect(report.violations).toEqual([]);
});

test('the job at boot fails - its exit code is in the record', async () => {
  const report = await act({ faults: [{ job: 'fails', exitCode: 4, workload: 'boot', runs: [1] }] }, boot);
  expect(runsOf(report, 'boot')[0]).toMatchObject({ status: 'failed', exitCode: 4 });
  expect(report.violations).toEqual([]);
});

test('the job at boot hangs - ended by the deadline', async () => {
  const report = await act({ faults: [{ job: 'hangs', workload: 'boot', runs: [1] }] }, boot);
  expect(runsOf(report, 'boot')[0]).toMatchObject({ status: 'timed-out' });
  expect(report.violations).toEqual([]);
});

test('the instance stops under the job at boot - the missing heartbeat is noticed', async () => {
  const report = await act({ faults: [{ instance: 'stopped', after: '4m', workload: 'boot', runs: [1] }] }, boot);
  const run = runsOf(report, 'boot')[0];
  expect(run).toMatchObject({ status: 'failed', reason: expect.stringContaining('HeartbeatTimeout') });
  expect(Date.parse(run?.endedAt ?? '') - Date.parse(run?.startedAt ?? '')).toBeLessThan(15 * 60_000);
  expect(report.violations).toEqual([]);
});

test('a shutdown from inside would terminate the instance - the job is not run, and it is critical', async () => {
  const report = await act({ instances: { boot: 'shutdown-terminates' } }, boot);
  expect(runsOf(report, 'boot')[0]).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('ShutdownWouldTerminate'),
  });
  expect(loud(report)).toContain('critical: boot 06:00 failed');
  expect(report.control.apiCalls['sfn.SendTaskSuccess']).toBeUndefined();
  expect(report.violations).toEqual([]);
});

import { expect, test } from '@jest/globals';
import { act, loud, runsOf } from './stage.ts';

const first = { from: '2026-11-02', days: 1 };

test('the job hangs - stopped by the deadline, timed out, critical', async () => {
  const report = await act({ faults: [{ job: 'hangs', runs: [2] }] }, first);
  const run = runsOf(report)[1];
  expect(run).toMatchObject({
    key: '2026-11-02T09:00',
    status: 'timed-out',
    reason: expect.stringContaining('DeadlineExceeded'),
  });
  expect(Date.parse(run?.endedAt ?? '') - Date.parse(run?.scheduledFor ?? '')).toBeLessThan((2 * 3600 + 5 * 60) * 1000);
  expect(loud(report)).toEqual(['critical: makenaide 09:00 ran out of time']);
  expect(report.control.apiCalls['ssm.CancelCommand']).toBe(1);
  expect(report.violations).toEqual([]);
});

test('jobs fail - stopped at once, the fifth opens the breaker, the sixth is skipped, resume closes it', async () => {
  const report = await act(
    {
      faults: [{ job: 'fails', exitCode: 3, runs: [1, 2, 3, 4, 5] }],
      people: [{ at: '2026-11-03T08:00', act: 'resume', workload: 'makenaide' }],
    },
    { days: 2 },
  );
  const runs = runsOf(report);
  expect(runs.map(({ status }) => status)).toEqual([
    ...Array(5).fill('failed'),
    'skipped',
    'skipped',
    ...Array(5).fill('succeeded'),
  ]);
  expect(runs[0]).toMatchObject({ exitCode: 3, reason: expect.stringContaining('exit code 3') });
  // The job ran for its quarter and the instance stopped right after: no waiting for the deadline.
  expect(Date.parse(runs[0]?.endedAt ?? '') - Date.parse(runs[0]?.startedAt ?? '')).toBeLessThan(12 * 60_000);
  expect(runs[5]?.reason).toMatch(/^breaker open: 5 failures in a row/);
  expect(loud(report)[4]).toBe('critical: makenaide 21:00 failed');
  expect(report.control.apiCalls['ec2.StartInstances']).toBe(10);
  expect(report.violations).toEqual([]);
});

test('delivered twice - one run', async () => {
  const report = await act({ faults: [{ delivery: 'twice' }] }, first);
  expect(runsOf(report)).toHaveLength(6);
  expect(report.control.apiCalls).toMatchObject({ 'sfn.StartExecution': 12, 'ec2.StartInstances': 6 });
  expect(report.violations).toEqual([]);
});

test('delivered late - the sweeper started it meanwhile, the late delivery does nothing', async () => {
  const report = await act({ faults: [{ delivery: 'late', by: '40m', runs: [2] }] }, first);
  expect(runsOf(report)[1]).toMatchObject({ status: 'succeeded', by: 'sweeper' });
  expect(report.control.apiCalls['ec2.StartInstances']).toBe(6);
  expect(report.violations).toEqual([]);
});

test('a schedule is lost - started by the sweeper within a quarter of an hour, and said', async () => {
  const report = await act({ faults: [{ delivery: 'lost', runs: [2] }] }, first);
  const run = runsOf(report)[1];
  expect(run).toMatchObject({ key: '2026-11-02T09:00', status: 'succeeded', by: 'sweeper' });
  expect(Date.parse(run?.startedAt ?? '') - Date.parse(run?.scheduledFor ?? '')).toBeLessThan(16 * 60_000);
  expect(loud(report)).toEqual(['warning: makenaide 09:00 did not start by itself']);
  expect(report.violations).toEqual([]);
});

test('no capacity twice, then capacity - the run succeeds', async () => {
  const report = await act(
    { faults: [{ call: 'ec2.StartInstances', error: 'InsufficientInstanceCapacity', times: 2 }] },
    first,
  );
  expect(new Set(runsOf(report).map(({ status }) => status))).toEqual(new Set(['succeeded']));
  expect(report.control.apiCalls['ec2.StartInstances']).toBe(8);
  expect(report.violations).toEqual([]);
});

test('no capacity ever - failed, said with what it means, nothing armed is left', async () => {
  const report = await act({ faults: [{ call: 'ec2.StartInstances', error: 'InsufficientInstanceCapacity' }] }, first);
  expect(runsOf(report)[0]).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('InsufficientInstanceCapacity'),
  });
  expect(report.notices.find(({ severity }) => severity === 'warning')?.lines.join(' ')).toContain(
    'another type or zone',
  );
  expect(report.workloads['makenaide']?.onHours).toBe(0);
  expect(report.control.apiCalls['scheduler.DeleteSchedule']).toBe(report.control.apiCalls['scheduler.CreateSchedule']);
  expect(report.violations).toEqual([]);
});

test('terminated by somebody mid-run - failed within minutes, and every later run says that it is gone', async () => {
  const report = await act({ faults: [{ instance: 'terminated', runs: [2], after: '5m' }] }, first);
  const [, run, next] = runsOf(report);
  expect(run).toMatchObject({ status: 'failed', reason: expect.stringMatching(/InstanceStopped|InstanceTerminated/) });
  expect(Date.parse(run?.endedAt ?? '') - Date.parse(run?.startedAt ?? '')).toBeLessThan(12 * 60_000);
  expect(next).toMatchObject({ status: 'failed', reason: expect.stringContaining('InstanceTerminated') });
  expect(loud(report)).toContain('critical: makenaide 15:00 failed');
  expect(report.violations).toEqual([]);
});

test('the instance does not exist - critical, naming the place to mend it', async () => {
  const report = await act({ instances: { makenaide: 'missing' } }, first);
  expect(runsOf(report)[0]).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('correct instance.id in the stage file'),
  });
  expect(loud(report)[0]).toBe('critical: makenaide 02:00 failed');
  expect(report.control.apiCalls['ec2.StartInstances']).toBeUndefined();
  expect(report.violations).toEqual([]);
});

test('the SSM agent never comes online - failed, stopped, said with what it means', async () => {
  const report = await act({ faults: [{ agent: 'offline' }] }, first);
  expect(runsOf(report)[0]).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('Ssm.InvalidInstanceId'),
  });
  expect(report.notices.find(({ severity }) => severity === 'warning')?.lines.join(' ')).toContain(
    'did not come online',
  );
  expect(report.workloads['makenaide']?.onHours).toBeLessThan(5 * 0.25);
  expect(report.violations).toEqual([]);
});

test('already running - used, and left on', async () => {
  const report = await act({ instances: { makenaide: 'running' } }, first);
  expect(new Set(runsOf(report).map(({ status }) => status))).toEqual(new Set(['succeeded']));
  expect(report.control.apiCalls['ec2.StopInstances']).toBeUndefined();
  expect(report.control.apiCalls['scheduler.CreateSchedule']).toBeUndefined();
  expect(report.violations).toEqual([]);
});

test('already running and the stage file says so - used, and stopped', async () => {
  const report = await act({ instances: { tidy: 'running' } }, { stage: 'variants', from: '2026-11-02', days: 1 });
  expect(runsOf(report, 'tidy')[0]?.status).toBe('succeeded');
  expect(report.workloads['tidy']?.onHours).toBeLessThan(7);
  expect(report.violations).toEqual([]);
});

test('EC2 refuses every stop for a day - people are told at once and again, and it is stopped in the end', async () => {
  const report = await act(
    {
      faults: [
        { call: 'ec2.StopInstances', error: 'UnauthorizedOperation', from: '2026-11-02T08:00', to: '2026-11-02T16:00' },
      ],
    },
    { days: 1 },
  );
  const told = report.notices.filter(({ severity }) => severity === 'critical');
  expect(told.length).toBeGreaterThanOrEqual(6);
  expect(told[1]?.title).toBe('makenaide 09:00: instance still on');
  expect(runsOf(report).map(({ status }) => status)).toEqual([
    'succeeded',
    'succeeded',
    'skipped',
    'succeeded',
    'succeeded',
    'succeeded',
  ]);
  expect(report.violations).toEqual([]);
});

test('paused by a person - nothing starts until resumed, and it is routine', async () => {
  const report = await act(
    {
      people: [
        { at: '2026-11-02T08:00', act: 'pause', why: 'moving house' },
        { at: '2026-11-02T17:00', act: 'resume' },
      ],
    },
    first,
  );
  expect(runsOf(report).map(({ status }) => status)).toEqual([
    'succeeded',
    'skipped',
    'skipped',
    'succeeded',
    'succeeded',
    'succeeded',
  ]);
  expect(runsOf(report)[1]?.reason).toContain('moving house');
  expect(loud(report)).toEqual([]);
  expect(report.violations).toEqual([]);
});

test('started by hand with a parameter - runs beside the schedule, recorded as by hand', async () => {
  const report = await act(
    {
      people: [{ at: '2026-11-02T05:00', act: 'start', workload: 'makenaide', parameters: { pipeline_type: 'test' } }],
    },
    first,
  );
  const byHand = runsOf(report).filter(({ by }) => by === 'a person');
  expect(byHand).toEqual([
    expect.objectContaining({ status: 'succeeded', key: expect.stringMatching(/^2026-11-02T05:00:\d\d$/) }),
  ]);
  expect(runsOf(report)).toHaveLength(7);
  expect(report.violations).toEqual([]);
});

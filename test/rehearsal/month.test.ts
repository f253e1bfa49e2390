import { expect, test } from '@jest/globals';
import { act, loud, runsOf } from './stage.ts';

test('30 days of the example - 180 runs on time, all succeeded, no violation', async () => {
  const report = await act({}, { from: '2026-11-01', days: 30 });
  const runs = runsOf(report);
  expect(report.violations).toEqual([]);
  expect(runs).toHaveLength(180);
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['succeeded']));
  expect([...new Set(runs.map(({ scheduledFor }) => scheduledFor.slice(11)))].sort()).toEqual([
    '02:00:00+09:00',
    '09:00:00+09:00',
    '15:00:00+09:00',
    '18:00:00+09:00',
    '21:00:00+09:00',
    '23:00:00+09:00',
  ]);
  // Within EventBridge Scheduler's minute.
  for (const { scheduledFor, startedAt } of runs) {
    const late = Date.parse(startedAt ?? '') - Date.parse(scheduledFor);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(60_000);
  }
  expect(loud(report)).toEqual([]);
  expect(report.notices.filter(({ severity }) => severity === 'success')).toHaveLength(180);
  expect(report.control.apiCalls).toMatchObject({
    'ec2.StartInstances': 180,
    'ec2.StopInstances': 180,
    'scheduler.CreateSchedule': 180,
    'scheduler.DeleteSchedule': 180,
  });
});

test('a run of the month - the states that it went through, and the notices that are about it', async () => {
  const report = await act({ faults: [{ job: 'fails', runs: [2] }] }, { days: 1 });
  const [first, second] = runsOf(report);
  const states = first?.execution?.states ?? [];
  expect(first?.execution?.from).toMatch(/^2026-11-02T02:00:\d\d\+09:00$/);
  expect(states[0]).toMatchObject({ state: 'Admit', after: 0 });
  expect(states.find(({ state }) => state === 'AwaitCommand')?.tries).toBeGreaterThan(1);
  expect(states.at(-1)).toEqual({ state: 'Settled', after: expect.any(Number) });
  expect(second?.execution?.states.find(({ state }) => state === 'AwaitCommand')?.error).toBe('JobFailed');
  expect(report.notices.filter(({ run }) => run === second?.key).map(({ title }) => title)).toEqual([
    'makenaide 09:00 started',
    'makenaide 09:00 failed',
  ]);
});

test('hours on - the jobs plus their start and stop, and the cost follows from them', async () => {
  const report = await act({}, { days: 3 });
  const { runs, onHours, days = [], cost } = report.workloads['makenaide'] ?? { runs: [], onHours: 0, cost: {} };
  const jobHours = runs.reduce((sum, { jobSeconds = 0 }) => sum + jobSeconds / 3600, 0);
  expect(onHours).toBeGreaterThan(jobHours);
  expect(days.map(({ day }) => day)).toEqual(['2026-11-02', '2026-11-03', '2026-11-04']);
  expect(days.reduce((sum, day) => sum + day.onHours, 0)).toBeCloseTo(onHours, 1);
  expect(days.reduce((sum, { usd = 0 }) => sum + usd, 0)).toBeCloseTo(cost.actual ?? 0, 1);
  // Agent online, command picked up, polled, stop asked for: under four minutes a run.
  expect(onHours).toBeLessThan(jobHours + (runs.length * 4) / 60);
  const disk = (30 * 0.0912 * 72) / 730;
  expect(cost.alwaysOn).toBeCloseTo(72 * 0.052 + disk, 2);
  expect(cost.actual).toBeCloseTo(onHours * 0.052 + disk, 2);
});

test('same seed - the same report to the byte; another seed - another report', async () => {
  const [first, again, other] = await Promise.all([act({}, { seed: 7 }), act({}, { seed: 7 }), act({}, { seed: 8 })]);
  const text = (report: object) => JSON.stringify({ ...report, seed: 0, wallSeconds: 0 });
  expect(text(first)).toBe(text(again));
  expect(text(first)).not.toBe(text(other));
});

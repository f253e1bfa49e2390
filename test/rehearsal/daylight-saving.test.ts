import { expect, test } from '@jest/globals';
import { act, runsOf } from './stage.ts';

test('a time in the spring gap - runs once, at the first valid minute', async () => {
  const report = await act({}, { stage: 'variants', from: '2027-03-13', days: 3 });
  const runs = runsOf(report, 'spring');
  expect(runs.map(({ key, status, by }) => [key, status, by])).toEqual([
    ['2027-03-13T02:30', 'succeeded', 'schedule'],
    ['2027-03-14T02:30', 'succeeded', 'sweeper'],
    ['2027-03-15T02:30', 'succeeded', 'schedule'],
  ]);
  expect(runs[1]?.scheduledFor).toBe('2027-03-14T03:00:00-04:00');
  expect(runs[1]?.startedAt).toMatch(/^2027-03-14T03:00/);
  expect(report.notices.find(({ title }) => title.includes('does not exist today'))).toMatchObject({
    severity: 'info',
    workload: 'spring',
  });
  expect(report.violations).toEqual([]);
});

test('a time that occurs twice - runs once', async () => {
  const report = await act({}, { stage: 'variants', from: '2026-10-31', days: 3 });
  expect(runsOf(report, 'autumn').map(({ key, status, by }) => [key, status, by])).toEqual([
    ['2026-10-31T01:30', 'succeeded', 'schedule'],
    ['2026-11-01T01:30', 'succeeded', 'schedule'],
    ['2026-11-02T01:30', 'succeeded', 'schedule'],
  ]);
  expect(report.violations).toEqual([]);
});

test('days off and special working days - skipped with the reason, and worked', async () => {
  const report = await act({}, { stage: 'variants', from: '2026-11-02', days: 7 });
  expect(runsOf(report, 'office').map(({ key, status, reason }) => [key.slice(0, 10), status, reason])).toEqual([
    ['2026-11-02', 'succeeded', undefined],
    ['2026-11-03', 'succeeded', undefined],
    ['2026-11-04', 'succeeded', undefined],
    ['2026-11-05', 'skipped', 'closed: day off'],
    ['2026-11-06', 'succeeded', undefined],
    ['2026-11-07', 'succeeded', undefined],
    ['2026-11-08', 'skipped', 'not a working day: Sunday'],
  ]);
  expect(report.notices.filter(({ severity }) => severity === 'warning')).toEqual([]);
  expect(report.violations).toEqual([]);
});

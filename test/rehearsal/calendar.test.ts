import { expect, test } from '@jest/globals';
import { act, runsOf } from './stage.ts';

// The working days of October 2026: 5 and 9 October are holidays, the 16th is an extra day off, Saturday the 10th is worked.
const WORKED = [1, 2, 6, 7, 8, 10, 12, 13, 14, 15, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30].map(
  (day) => `2026-10-${String(day).padStart(2, '0')}`,
);

test('a special working Saturday, an extra day off and an evening until ten - environment and batch keep the calendar', async () => {
  const keep = {
    at: '2026-10-10T17:00',
    act: 'keep',
    workload: 'staging',
    until: '2026-10-10T22:00',
    why: 'a release',
  };
  const report = await act({ people: [keep] }, { stage: 'saturday', from: '2026-10-01', days: 31 });

  expect(report.violations).toEqual([]);
  const days = (workload: string, act?: string) =>
    runsOf(report, workload)
      .filter(({ status, act: did, reason }) => status === 'succeeded' && did === act && reason === undefined)
      .map(({ scheduledFor }) => scheduledFor.slice(0, 10));
  expect(days('staging', 'start')).toEqual(WORKED);
  expect(days('staging', 'stop')).toEqual(WORKED);
  expect(days('report')).toEqual(WORKED);
  const evening = runsOf(report, 'staging').filter(
    ({ key, act: did }) => key.startsWith('2026-10-10') && did === 'stop',
  );
  expect(evening).toMatchObject([
    { key: '2026-10-10T18:00', status: 'skipped', reason: expect.stringMatching(/^kept by rehearsal until .*22:00/) },
    { key: '2026-10-10T22:00', status: 'succeeded', by: 'sweeper' },
  ]);
});

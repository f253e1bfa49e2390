import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act, loud, runsOf } from './stage.ts';

const stage = 'berlin' as const;
/** A Monday. */
const DAY = { stage, from: '2026-10-12', days: 1 };
const of = (report: Report, workload: string, did: string) =>
  runsOf(report, workload).filter(({ act: done, status }) => done === did && status === 'succeeded');

describe('the clocks change in Berlin', () => {
  test.each([
    ['forward on 29 March 2026', '2026-03-27', ['+01:00', '+02:00']],
    ['back on 25 October 2026', '2026-10-23', ['+02:00', '+01:00']],
  ])('%s - by the wall clock, every day, over midnight too', async (_, from, offsets) => {
    const report = await act({}, { stage, from, days: 4 });

    expect(report.violations).toEqual([]);
    expect(of(report, 'night', 'start').map(({ scheduledFor }) => scheduledFor.slice(11, 16))).toEqual(
      Array(4).fill('22:30'),
    );
    // Friday, and Monday in the other time.
    expect(of(report, 'shop', 'start').map(({ scheduledFor }) => scheduledFor.slice(11))).toEqual([
      `08:00:00${offsets[0]}`,
      `08:00:00${offsets[1]}`,
    ]);
    // In the gap of March 02:30 does not exist; in October it comes twice.
    const nights = runsOf(report, 'night').filter(({ act: done }) => done === 'stop');
    expect(new Set(nights.map(({ key }) => key)).size).toBe(nights.length);
  });
});

test('other hours on Fridays - from eight to four', async () => {
  const report = await act({}, { stage, from: '2026-10-16', days: 1 });
  const [stop] = of(report, 'shop', 'stop').filter(({ reason }) => !reason);
  expect(stop?.scheduledFor.slice(11, 16)).toBe('16:00');
});

describe('a health check', () => {
  test('it answers after a while - it is up when it does', async () => {
    const report = await act({}, DAY);
    expect(report.violations).toEqual([]);
    expect(of(report, 'shop', 'start')).toHaveLength(1);
  });

  test('it never turns green - it is said, left for people to look at, and deleted at its hour', async () => {
    const report = await act({ faults: [{ health: 503 }] }, DAY);

    expect(report.violations).toEqual([]);
    expect(runsOf(report, 'shop')[0]).toMatchObject({
      status: 'timed-out',
      reason: expect.stringContaining('answers 503'),
    });
    expect(loud(report)).toContain('critical: shop is not up in time');
    expect(of(report, 'shop', 'stop')).toHaveLength(1);
  });
});

describe('refresh', () => {
  test('it is up with older images in the morning - updated to the newest', async () => {
    const report = await act({ stacks: { shop: { state: 'CREATE_COMPLETE' } } }, DAY);

    expect(report.violations).toEqual([]);
    expect(report.control.apiCalls['cloudformation.UpdateStack']).toBe(1);
    expect(of(report, 'shop', 'start')[0]?.reason).toBeUndefined();
  });

  test('somebody starts it again with the newest images up - nothing to do', async () => {
    const people = [{ at: '2026-10-12T11:00', act: 'start', workload: 'shop', why: 'to be sure' }];
    const report = await act({ people }, DAY);

    expect(report.violations).toEqual([]);
    expect(report.control.apiCalls['cloudformation.UpdateStack']).toBeUndefined();
    expect(of(report, 'shop', 'start').at(-1)).toMatchObject({ reason: 'already up' });
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act, loud, packaged, runsOf } from './stage.ts';

const HUGE = 'p5.48xlarge';
/** Somebody makes the instance a large one and starts it: $98.32 an hour. */
const JUMP = { instance: 'started', as: HUGE, at: '2026-11-02T12:00' };

function stage(change: { prices?: Record<string, number>; budget?: object } = {}) {
  const { stage: compiled } = packaged('ec2-batch');
  return {
    ...compiled,
    budget: { ...compiled.budget, ...change.budget },
    prices: { ...compiled.prices, ...(change.prices ?? { [HUGE]: 98.32 }) },
  };
}

const saidAt = (report: Report, title: RegExp) => report.notices.find((notice) => title.test(notice.title))?.at;
const minutes = (from: string, to = '') => (Date.parse(to) - Date.parse(from)) / 60_000;
const NOON = '2026-11-02T12:00:00+09:00';
/** The limits of the example are $20 and $50: at noon $0.13 is spent. */
const [LIMIT_AT, EMERGENCY_AT] = [20, 50].map((limit) =>
  new Date(Date.parse(NOON) + ((limit - 0.13) / 98.32) * 3_600_000).toISOString(),
);

describe('the spending jumps at noon', () => {
  test('the limit is noticed within a quarter of an hour, and before it is reached; then starts are refused', async () => {
    const report = await act({ faults: [JUMP] }, { days: 1, compiled: stage({ budget: { emergency: 5000 } }) });
    expect(report.violations).toEqual([]);
    expect(loud(report).slice(0, 2)).toEqual([
      'warning: dev: limit of $20.00 at 12:12 at this pace',
      'warning: dev: daily limit of $20.00 reached',
    ]);
    expect(minutes(LIMIT_AT ?? '', saidAt(report, /daily limit/))).toBeLessThan(3);
    expect(runsOf(report).map(({ key, status }) => `${key.slice(11)} ${status}`)).toEqual([
      ...['02:00 succeeded', '09:00 succeeded', '15:00 skipped', '18:00 skipped', '21:00 skipped', '23:00 skipped'],
    ]);
    expect(runsOf(report)[2]?.reason).toMatch(
      /^over budget: 2\d\.\d\d of 20 US dollars spent today, nothing new until 2026-11-03T00:00:00\+09:00 or resumed$/,
    );
  });

  test('with throttling on every call - everything named is off ten minutes after the emergency limit', async () => {
    const throttled = [
      'ec2.StopInstances',
      'ec2.DescribeInstances',
      'sfn.ListExecutions',
      'sfn.StartExecution',
      'sns.Publish',
    ];
    const faults = throttled.map((call) => ({
      ...{ call, error: 'ThrottlingException', times: 2 },
      ...{ from: '2026-11-02T12:29', to: '2026-11-02T13:00' },
    }));
    const report = await act({ faults: [JUMP, ...faults] }, { days: 1, compiled: stage() });
    expect(report.violations).toEqual([]);
    expect(minutes(EMERGENCY_AT ?? '', saidAt(report, /everything is off/))).toBeLessThan(10);
    // Billed from noon to its stop, which is no later.
    expect(report.workloads['makenaide']?.onHours).toBeLessThan(2);
    expect(
      runsOf(report)
        .slice(2)
        .map(({ status, reason }) => [status, reason]),
    ).toEqual(
      Array(4).fill([
        'skipped',
        expect.stringMatching(/^the stage is paused by guard-cost: spending \$5\d\.\d\d of \$50\.00$/),
      ]),
    );
  });

  test('a person lets it go after the limit - planned runs start, and nobody is told of the limit again that day', async () => {
    const report = await act(
      {
        faults: [
          { ...JUMP, at: '2026-11-02T12:00' },
          { instance: 'stopped', at: '2026-11-02T12:20' },
        ],
        people: [{ at: '2026-11-02T13:00', act: 'resume' }],
      },
      { days: 1, compiled: stage() },
    );
    expect(report.violations).toEqual([]);
    expect(loud(report).filter((title) => title.includes('daily limit'))).toHaveLength(1);
    expect(
      runsOf(report)
        .slice(2)
        .map(({ reason = '' }) => reason.includes('over budget')),
    ).toEqual(Array(4).fill(false));
  });

  test('a type without a price - it counts as unknown, and people are told so', async () => {
    const report = await act({ faults: [JUMP] }, { days: 1, compiled: stage({ prices: {} }) });
    expect(report.violations).toEqual([]);
    const unknown = report.notices.find(({ title }) => title === 'Spending is not wholly known');
    expect(unknown?.lines[0]).toBe(`Not in the estimate: makenaide: no price for ${HUGE}.`);
    expect(minutes(NOON, unknown?.at)).toBeLessThan(16);
  });

  test('EC2 does not answer for two hours - it is said, and caught up with as soon as it answers', async () => {
    const blind = {
      call: 'ec2.DescribeInstances',
      error: 'InternalError',
      from: '2026-11-02T12:01',
      to: '2026-11-02T14:00',
    };
    const report = await act({ faults: [JUMP, blind] }, { days: 1, compiled: stage() });
    expect(report.violations.filter(({ law }) => law !== 3)).toEqual([]);
    const unknown = report.notices.find(({ title }) => title === 'Spending is not wholly known');
    expect(unknown?.lines[0]).toMatch(/^Not in the estimate: makenaide: InternalError\.$/);
    expect(minutes('2026-11-02T12:01:00+09:00', unknown?.at)).toBeLessThan(47);
    expect(minutes('2026-11-02T14:00:00+09:00', saidAt(report, /^Emergency stop/))).toBeLessThan(16);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act, packaged, runsOf } from './stage.ts';

const DAY = { from: '2026-11-02', days: 1 };
const stop = (at: string, more: object = {}) => ({
  at: `2026-11-02T${at}`,
  act: 'emergency-stop',
  why: 'the bill',
  ...more,
});
const resume = (at: string) => ({ at: `2026-11-02T${at}`, act: 'resume', why: 'looked at' });

/** What was said of the emergency. */
const said = (report: Report) =>
  report.notices.filter(({ workload, title }) => workload === 'lamplighter' && /emergency stop/i.test(title));
const minutesFrom = (start: string, { at }: { at: string }) => (Date.parse(at) - Date.parse(start)) / 60_000;

describe('an emergency stop in mid-job', () => {
  const NINE_TEN = '2026-11-02T09:10:00+09:00';

  test('the run is cut off, its instance stopped, nothing starts until a person resumes, and all of it is said', async () => {
    const report = await act({ people: [stop('09:10'), resume('20:00')] }, DAY);

    expect(report.violations).toEqual([]);
    expect(runsOf(report).map(({ status }) => status)).toEqual([
      ...['succeeded', 'aborted', 'skipped', 'skipped', 'succeeded', 'succeeded'],
    ]);
    expect(runsOf(report)[1]).toMatchObject({ reason: 'stopped by rehearsal: the bill' });
    expect(runsOf(report)[2]).toMatchObject({ reason: 'the stage is paused by rehearsal: the bill' });
    expect(said(report)).toMatchObject([
      { severity: 'critical', title: 'Emergency stop: everything is being stopped', lines: ['By rehearsal: the bill'] },
      {
        severity: 'warning',
        title: 'Emergency stop: everything is off',
        did: ['Stopped: makenaide (i-0123456789abcdef0)', 'Nothing starts until somebody resumes.'],
        todo: [expect.stringContaining('"act":"resume"')],
      },
      {
        severity: 'success',
        title: 'Emergency stop is over: resumed',
        lines: ['By rehearsal: looked at', expect.anything()],
      },
    ]);
    expect(minutesFrom(NINE_TEN, said(report)[1] ?? { at: '' })).toBeLessThan(4);
    expect(report.notices.map(({ title }) => title)).toContain('makenaide 09:00 was stopped');
  });
});

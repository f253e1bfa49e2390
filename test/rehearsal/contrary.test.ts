import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act, runsOf } from './stage.ts';

const DAY = { from: '2026-11-02', days: 1 };
const says = (act: string, by: string, more: object = {}) => ({
  ...{ at: '2026-11-02T08:00', act, by, workload: 'makenaide', why: `${by} wants it` },
  ...more,
});
const contrary = (report: Report) => report.notices.filter(({ title }) => title.startsWith('Contrary orders'));

describe('two people give contrary orders in the same second', () => {
  test.each([1, 2, 3])('pause and resume of a workload, seed %d - one is obeyed, both are told', async (seed) => {
    const report = await act({ people: [says('pause', 'kim'), says('resume', 'lee')] }, { ...DAY, seed });
    expect(report.violations).toEqual([]);
    const [notice] = contrary(report);
    expect(contrary(report)).toHaveLength(1);
    expect(notice).toMatchObject({ severity: 'warning', workload: 'makenaide', title: 'Contrary orders: makenaide' });
    const [won = '', lost = ''] = notice?.lines ?? [];
    const isPaused = won.startsWith('Done: pause by kim');
    expect(lost).toMatch(isPaused ? /^Not done: resume by lee/ : /^Not done: pause by kim/);
    expect(report.faults.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        isPaused
          ? /^resume makenaide was refused: .*kim said pause/
          : /^pause makenaide was refused: .*lee said resume/,
      ),
    ]);
    expect(runsOf(report)[1]?.status).toBe(isPaused ? 'skipped' : 'succeeded');
    expect(report.shown.some(({ title }) => title.startsWith('Contrary orders'))).toBe(true);
  });

  test('start and stop - one is obeyed', async () => {
    const report = await act({ people: [says('start', 'kim'), says('stop', 'lee')] }, DAY);
    expect(report.violations).toEqual([]);
    expect(contrary(report)).toHaveLength(1);
    expect(report.faults).toHaveLength(1);
  });

  test('an emergency stop and a resume of the stage - everything is stopped, and both are told', async () => {
    const stage = { workload: undefined };
    const report = await act({ people: [says('resume', 'lee', stage), says('emergency-stop', 'kim', stage)] }, DAY);
    expect(report.violations).toEqual([]);
    expect(contrary(report)).toMatchObject([
      { lines: [expect.stringContaining('emergency-stop by kim'), expect.stringContaining('resume by lee')] },
    ]);
    expect(
      runsOf(report)
        .slice(1)
        .map(({ status }) => status),
    ).toEqual(Array(5).fill('skipped'));
  });

  test('the same person, or a minute later - a change of mind', async () => {
    const people = [says('pause', 'kim'), says('resume', 'kim'), says('pause', 'lee', { at: '2026-11-02T08:01' })];
    const report = await act({ people }, DAY);
    expect(contrary(report)).toEqual([]);
    expect(report.faults).toEqual([]);
    expect(runsOf(report)[1]?.status).toBe('skipped');
  });
});

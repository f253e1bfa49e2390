import { describe, expect, test } from '@jest/globals';
import { act, loud, runsOf } from './stage.ts';

const day = { from: '2026-11-02', days: 1 };
const by = (at: string, what: object) => ({ at: `2026-11-02T${at}`, workload: 'makenaide', ...what });

describe('what people say to a batch', () => {
  test('stop, in mid-job - the job is cut off, the instance stopped, and it is no alarm', async () => {
    const report = await act({ people: [by('09:10', { act: 'stop', why: 'a mistake' })] }, day);

    expect(report.violations).toEqual([]);
    expect(runsOf(report)[1]).toMatchObject({ status: 'aborted', reason: 'stopped by rehearsal: a mistake' });
    expect(loud(report)).toEqual([]);
    expect(report.notices.map(({ title }) => title)).toContain('makenaide 09:00 was stopped');
    expect(runsOf(report)[2]).toMatchObject({ status: 'succeeded' });
  });

  test('stop until the evening - nothing starts until then, and then by itself', async () => {
    const report = await act({ people: [by('09:10', { act: 'stop', until: '2026-11-02T20:00' })] }, day);
    expect(runsOf(report).map(({ status }) => status)).toEqual([
      ...['succeeded', 'aborted', 'skipped', 'skipped', 'succeeded', 'succeeded'],
    ]);
  });

  test('keep, in mid-job - the instance stays on after the job until then', async () => {
    const plain = await act({}, day);
    const report = await act({ people: [by('09:10', { act: 'keep', until: '2026-11-02T10:30' })] }, day);

    expect(report.violations).toEqual([]);
    expect(runsOf(report)[1]).toMatchObject({ status: 'succeeded', endedAt: expect.stringMatching(/T10:3[0-4]/) });
    expect(report.workloads['makenaide']?.onHours).toBeGreaterThan((plain.workloads['makenaide']?.onHours ?? 0) + 0.7);
  });

  test('keep for longer than the deadline - stopped at the deadline all the same', async () => {
    const report = await act({ people: [by('09:10', { act: 'keep', until: '2026-11-02T14:00' })] }, day);

    expect(report.violations).toEqual([]);
    expect(runsOf(report)[1]?.endedAt).toMatch(/T11:0\d/);
  });

  test('skip - nothing starts today; tomorrow it does', async () => {
    const report = await act({ people: [by('08:00', { act: 'skip' })] }, { ...day, days: 2 });
    const statuses = runsOf(report).map(({ status }) => status);
    expect(statuses).toEqual([...['succeeded', ...Array(5).fill('skipped')], ...Array(6).fill('succeeded')]);
  });
});

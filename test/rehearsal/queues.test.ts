import { describe, expect, test } from '@jest/globals';
import { type Report, rehearse } from '../../rehearsal/index.ts';
import { readScenario } from '../../rehearsal/scenario.ts';
import { act, packaged } from './stage.ts';

const MONDAY = '2026-11-02';
const at = (time: string) => `${MONDAY}T${time}`;
const between = (from: string, to: string) => ({ from: at(from), to: at(to) });

/** What people were told, `10:02 critical crawl cannot be read`. */
const told = ({ notices }: Report, of: string) =>
  notices
    .filter(({ workload }) => workload === of)
    .map(({ at: when, severity, title }) => `${when.slice(11, 16)} ${severity} ${title}`);

/** The template in which target tracking scales in by itself, with alarms that AWS makes and nobody can set. */
function trustingTarget() {
  const template = structuredClone(packaged('queues').template);
  const configurations = Object.values(template.Resources).flatMap(({ Properties }) => {
    const found = Properties?.['TargetTrackingScalingPolicyConfiguration'];
    return found ? [found as { DisableScaleIn?: boolean }] : [];
  });
  if (configurations.length === 0) throw new Error('the template has no target tracking');
  for (const configuration of configurations) configuration.DisableScaleIn = false;
  return template;
}

describe('a day of workers by the queue', () => {
  test('a burst, an hour without metrics, a wrong password, jobs that fail, a pause - no law is broken, and it is told', async () => {
    const stage = 'hybrid-queue-scaling';
    const scenario = readScenario('examples/scenarios/hybrid-queue-scaling/hard-day.yml');
    const report = await rehearse({ ...packaged(stage), scenario, from: MONDAY, days: 1, seed: 1 });
    expect(report.violations).toEqual([]);
    expect(told(report, 'crawl')).toEqual([
      '12:02 critical crawl cannot be read',
      '12:30 success crawl can be read again',
      expect.stringMatching(/^16:0\d critical crawl: workers held down$/),
      expect.stringMatching(/success crawl: workers are free again$/),
    ]);
    const { jobs, workers, bursts, unmeasuredMinutes } = report.queues?.['crawl'] ?? {};
    expect(jobs).toMatchObject({ lost: 0, repeated: 0, failed: expect.any(Number) });
    expect(jobs?.arrived).toBe((jobs?.done ?? 0) + (jobs?.failed ?? 0) + (jobs?.inside ?? 0));
    expect(bursts).toEqual([expect.objectContaining({ at: `${at('10:00')}:00+09:00`, jobs: 500 })]);
    expect(bursts?.[0]?.emptyMinutes).toBeLessThan(8);
    expect(workers?.peak).toBeGreaterThan(20);
    expect(workers?.cost.actual).toBeLessThan(3);
    expect(unmeasuredMinutes).toBe(90);
  });

  test('broken on purpose: scaling in by alarms that missing data leave as they are, and jobs longer than was said', async () => {
    const report = await act(
      {
        queues: {
          reports: {
            arrivals: [
              { from: '11:00', to: '12:00', perMinute: 18 },
              { from: '12:00', to: '14:00', perMinute: 3 },
            ],
          },
          thumbnails: {
            arrivals: [{ from: '10:00', to: '12:00', perMinute: 10 }],
            long: { percent: 5, takes: '20m' },
          },
        },
        faults: [{ metrics: 'lost', workload: 'reports', ...between('12:25', '12:55') }],
      },
      { stage: 'queues', from: MONDAY, days: 1, template: trustingTarget() },
    );
    const broken = report.violations.map(({ law, text }) => `${law} ${text}`);
    expect(broken).toContainEqual(
      expect.stringMatching(/^8 reports: workers were taken away .* nothing was measured$/),
    );
    expect(broken).toContainEqual(expect.stringMatching(/^4 thumbnails: task-\d+ was stopped while it was doing/));
    expect(new Set(report.violations.map(({ law }) => law))).toEqual(new Set([4, 8]));
    const { jobs } = report.queues?.['thumbnails'] ?? {};
    expect((jobs?.repeated ?? 0) + (jobs?.lost ?? 0)).toBeGreaterThan(0);
  });

  test('of the other sorts, each unreadable in its way, and its service gone - no law is broken, and each is told', async () => {
    const report = await act(
      {
        queues: {
          thumbnails: { bursts: [{ at: at('11:00'), jobs: 300 }] },
          reports: { arrivals: [{ from: '09:00', to: '18:00', perMinute: 1 }] },
        },
        faults: [
          { queue: 'hangs', workload: 'thumbnails', ...between('12:00', '12:10') },
          { queue: 503, workload: 'reports', ...between('13:00', '13:20') },
          { queue: 'wrong-type', workload: 'mails', ...between('14:00', '14:10') },
          { workers: 'missing', workload: 'reports', ...between('15:00', '15:10') },
        ],
      },
      { stage: 'queues', from: MONDAY, days: 1 },
    );
    expect(report.violations).toEqual([]);
    const unread = (name: string, from: string, to: RegExp) => [
      `${from} critical ${name} cannot be read`,
      expect.stringMatching(to),
    ];
    expect(told(report, 'thumbnails').filter((title) => /read/.test(title))).toEqual(
      unread('thumbnails', '12:02', /^12:1\d success thumbnails can be read again$/),
    );
    expect(told(report, 'mails')).toEqual(unread('mails', '14:02', /^14:1\d success mails can be read again$/));
    expect(told(report, 'reports')).toEqual([
      ...unread('reports', '13:02', /^13:2\d success reports can be read again$/),
      expect.stringMatching(/^15:0\d critical reports: its service is missing$/),
      expect.stringMatching(/^15:1\d success reports: its service is back$/),
    ]);
    expect(report.queues?.['reports']?.workers.cost).toEqual({ unknown: 'no price: workers.task' });
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act } from './stage.ts';

const SUNDAY = '2026-11-01';

/** What people were told of what is watched, `00:03 web is down`. */
function told({ notices }: Report, of: RegExp): string[] {
  return notices
    .filter(({ workload, title }) => of.test(workload) && !/^nightly/.test(title))
    .map(({ at, title }) => `${at.slice(11, 16)} ${title}`);
}

const watched = (scenario: object, days = 1, from = SUNDAY) =>
  act({ jobs: { nightly: { takes: ['20m', '20m'] } }, ...scenario }, { stage: 'services', days, from });

describe('a day of what is watched', () => {
  test('nothing is wrong - nothing is told, also of what is on the instance of a batch, and of a server that is heard', async () => {
    const report = await watched({});
    expect(report.violations).toEqual([]);
    expect(told(report, /./)).toEqual([]);
  });

  test('a server - sends its heartbeat while it is up, also where it answers wrongly; five minutes of silence are down', async () => {
    const from = { workload: 'server', from: '2026-11-01T10:00', to: '2026-11-01T10:20' };
    const report = await watched({
      faults: [
        { service: 503, ...from, from: '2026-11-01T08:00', to: '2026-11-01T08:20' },
        { service: 'hangs', ...from },
      ],
    });
    expect(report.violations).toEqual([]);
    expect(told(report, /server/)).toEqual([
      expect.stringMatching(/^10:0[67] server is down$/),
      '10:21 server is up again',
    ]);
  });

  test('a server that was never heard of - nobody can say how it is', async () => {
    const report = await watched({ faults: [{ service: 'hangs', workload: 'server' }] });
    expect(told(report, /server/)).toEqual(['00:14 Nobody can say how server is']);
  });

  test('it goes down - told in its third minute, and that it is up in its second', async () => {
    const report = await watched({
      faults: [{ service: 'hangs', workload: 'web', from: '2026-11-01T10:00', to: '2026-11-01T10:20' }],
    });
    expect(report.violations).toEqual([]);
    expect(told(report, /web/)).toEqual(['10:02 web is down', '10:21 web is up again']);
  });

  test('what it depends on goes down with it - that one alone is told', async () => {
    const window = { from: '2026-11-01T10:00', to: '2026-11-01T10:20' };
    const faults = ['web', 'database'].map((workload) => ({ service: 'refuses', workload, ...window }));
    const report = await watched({ faults });
    expect(told(report, /web|database/)).toEqual(['10:02 database is down', '10:21 database is up again']);
  });

  test('our own network - nothing is held to be down, which is said', async () => {
    const report = await watched({
      faults: [{ network: 'fails', from: '2026-11-01T10:00', to: '2026-11-01T10:30' }],
    });
    expect(report.violations).toEqual([]);
    expect(told(report, /web|database|console|lamplighter/)).toEqual([
      '10:02 The control probe does not answer',
      '10:31 The control probe answers again',
    ]);
  });

  test('maintenance - it is not opened before it is over', async () => {
    const window = { from: '2026-11-01T03:10', to: '2026-11-01T04:10' };
    const report = await watched({ faults: [{ service: 500, workload: 'web', ...window }] });
    expect(told(report, /web/)).toEqual(['04:02 web is down', '04:11 web is up again']);
  });

  test('a person pauses it - it is not opened, and opens when they resume; a pause of the stage keeps no fault from being told', async () => {
    const faults = ['web', 'database'].map((workload) => ({
      ...{ service: 'refuses', workload, check: workload === 'web' ? 'front' : 'port' },
      from: workload === 'web' ? '2026-11-01T10:00' : '2026-11-01T14:00',
      to: workload === 'web' ? '2026-11-01T11:00' : '2026-11-01T14:10',
    }));
    const people = [
      { at: '2026-11-01T09:50', act: 'pause', workload: 'web', by: 'kim' },
      { at: '2026-11-01T10:30', act: 'resume', workload: 'web', by: 'kim' },
      { at: '2026-11-01T13:50', act: 'pause', by: 'kim' },
    ];
    const report = await watched({ faults, people });
    expect(report.violations).toEqual([]);
    expect(told(report, /web|database/)).toEqual([
      expect.stringMatching(/^10:3[23] web is down$/),
      '11:01 web is up again',
      '14:02 database is down',
      '14:11 database is up again',
    ]);
  });

  test('while the batch runs, what is on its instance is down - told; and off by plan, it is nobody’s concern', async () => {
    const report = await watched({
      jobs: { nightly: { takes: ['40m', '40m'] } },
      faults: [{ service: 'refuses', workload: 'console', from: '2026-11-01T02:10' }],
    });
    expect(told(report, /console/)).toEqual([
      '02:12 console is down',
      expect.stringMatching(/console is off by plan$/),
    ]);
  });

  test('it costs little - one write a minute, and a quarter of a dollar a month, with four cents for a heartbeat every two minutes', async () => {
    const { control } = await watched({});
    const { apiCalls } = control;
    expect(apiCalls['dynamodb.PutItem']).toBeLessThan(1440 * 1.2);
    const { Alarms = 0, SQS = 0, 'Step Functions': machines = 0 } = control.costs;
    // What is always there.
    expect(control.monthlyCost - Alarms - SQS - machines).toBeLessThan(0.25 + 0.04);
  });
});

import type { Report, RunReport } from '../../../rehearsal/report.ts';
import { aReport, aRun } from '../../rehearsal/a-report.ts';

/** Names that would do something if they were taken for markup, and one that is long. */
export const HOSTILE = [
  '<script>window.hacked = 1</script>',
  '"><img src=x onerror="window.hacked=1">',
  "</script><script>window.hacked='1'</script>",
  '가'.repeat(200),
];

const at = (day: number, time: string) => `2026-11-${String(day).padStart(2, '0')}T${time}+09:00`;

/** A month of six runs a day, of which one failed, one was skipped and the last goes on; the ninth of a fault. */
export function aMonth(report: Partial<Report> = {}): Report {
  const times = ['02:00', '09:00', '15:00', '18:00', '21:00', '23:00'];
  const runs = Array.from({ length: 180 }, (_, index) => {
    const [day, time = ''] = [Math.floor(index / 6) + 1, times[index % 6]];
    const from = at(day, `${time}:05`);
    return aRun({
      ...{ key: from.slice(0, 16), scheduledFor: at(day, `${time}:00`), startedAt: from, endedAt: ended(from) },
      execution: { from, states: aRun().execution?.states ?? [] },
      ...other(index),
    });
  });
  const days = Array.from({ length: 30 }, (_, index) => ({
    ...{ day: at(index + 1, '').slice(0, 10), onHours: 0.8, usd: 0.05 },
  }));
  return aReport({
    ...{ scenario: 'A month with a failure.', from: at(1, '00:00:00'), to: '2026-12-01T00:00:00+09:00' },
    workloads: {
      nightly: {
        ...{ kind: 'batch', runs, days, onHours: 24 },
        cost: { alwaysOn: 37.4, actual: 1.5, storage: 0.3, savedPercent: 96 },
      },
    },
    notices: [
      notice('02:00:28', 'info', 'nightly 02:00 started', ['It has until 04:00.'], '2026-11-01T02:00'),
      notice('09:08:05', 'warning', 'nightly 09:00 failed', ['Exit code 3.'], '2026-11-01T09:00'),
    ],
    faults: [{ at: at(1, '09:00:00'), text: 'the job of nightly fails' }],
    ...report,
  });
}

function ended(from: string): string {
  return from.replace(/:00:05/, ':08:05');
}

function other(index: number): Partial<RunReport> {
  if (index === 179) return { status: 'running', endedAt: undefined };
  if (index === 2) return { status: 'skipped', reason: 'paused', startedAt: undefined, execution: undefined };
  if (index !== 1) return {};
  const states = [
    { state: 'Admit', after: 0 },
    { state: 'AwaitCommand', after: 22.4, seconds: 400, tries: 31, error: 'JobFailed' },
  ];
  return {
    status: 'failed',
    reason: 'JobFailed: exit code 3',
    exitCode: 3,
    execution: { from: at(1, '09:00:05'), states },
  };
}

function notice(
  time: string,
  severity: string,
  title: string,
  lines: string[],
  run: string,
): Report['notices'][number] {
  return { at: at(1, time), severity, workload: 'nightly', run, title, lines, todo: ['Read the log.'] };
}

/** Everything that a report can have, under the given names; of the month's runs the first days. */
export function everything(names: string[] = ['office', 'web', 'crawl', 'collection']): Report {
  const [office = '', web = '', crawl = '', collection = ''] = names;
  const month = aMonth();
  const [text = ''] = names;
  const start = aRun({ act: 'start', reason: text });
  return aMonth({
    ...{ stage: `dev ${office}`, scenario: `A month of ${web}` },
    workloads: {
      ...(month.workloads['nightly'] && {
        nightly: { ...month.workloads['nightly'], runs: month.workloads['nightly'].runs.slice(0, 12) },
      }),
      [office]: {
        ...{ kind: 'environment', runs: [start], onHours: 9, days: month.workloads['nightly']?.days },
        cost: {
          alwaysOn: 10,
          actual: 3,
          savedPercent: 70,
          parts: [{ name: crawl, count: 2, hourly: 0.1, alwaysOn: 10, actual: 3 }],
        },
        up: [{ from: at(2, '02:00:05'), to: at(2, '18:00:00') }, { from: at(30, '09:00:00') }],
      },
      [collection]: {
        kind: 'pipeline',
        runs: [
          aRun({
            steps: [{ name: office, status: 'failed', seconds: 4, tries: 2, reason: text, warnings: [web] }],
            warnings: [crawl],
          }),
        ],
        ...{ onHours: 0, cost: { unknown: 'it has nothing of its own that is on' } },
      },
    },
    services: {
      incidents: [
        {
          ...{
            kind: 'crash',
            workload: web,
            at: at(3, '10:00:00'),
            downAt: at(3, '10:00:00'),
            noticedAt: at(3, '10:02:00'),
          },
          ...{ minutesToNotice: 2, helped: 'restart', upAt: at(3, '10:03:00'), minutesDown: 3 },
          pinger: { noticedAt: at(3, '10:05:00'), minutesToNotice: 5, upAt: at(3, '10:35:00'), minutesDown: 35 },
        },
        { kind: 'network', at: at(4, '10:00:00'), minutesDown: 0, pinger: { minutesDown: 0 } },
      ],
      totals: {
        lamplighter: { incidents: 2, noticed: 1, medianMinutesToNotice: 2, medianMinutesDown: 3, hoursDown: 0.1 },
        pinger: { incidents: 2, noticed: 1, medianMinutesToNotice: 5, medianMinutesDown: 35, hoursDown: 0.6 },
      },
      assumptions: ['nobody mends a zone'],
    },
    recoveries: {
      [web]: [
        {
          ...aRun({ key: '2026-11-03T10:02', scheduledFor: at(3, '10:02:00'), startedAt: at(3, '10:02:10') }),
          ...{ endedAt: at(3, '10:03:00'), why: text, reason: 'recovered by restart' },
          did: [{ rung: 'restart', at: at(3, '10:02:10'), seconds: 29, result: 'helped' }],
        },
      ],
    },
    pipelines: {
      [collection]: {
        ...{ after: web, ended: { failed: 1 }, warnings: [{ key: '2026-11-02T02:00', text }] },
        steps: {
          [office]: {
            ...{
              needs: [crawl],
              succeeded: 1,
              failed: 1,
              passedOver: 0,
              triedAgain: 1,
              seconds: { median: 4, longest: 5 },
            },
            numbers: { [crawl]: { median: 3, lowest: 1, highest: 4 } },
          },
        },
      },
    },
    queues: {
      [crawl]: {
        ...{ kind: 'bullmq', jobs: { arrived: 500, done: 499, failed: 1, lost: 1, repeated: 2, inside: 0 } },
        ...{ waits: { p50: 2, p95: 130, max: 177 }, unmeasuredMinutes: 60 },
        workers: { peak: 31, hours: 5, out: 3, in: 3, cost: { actual: 0.3, alwaysOn: 40, savedPercent: 99 } },
        bursts: [{ at: at(2, '10:00:00'), jobs: 500, begunMinutes: 3 }],
        days: month.workloads['nightly']?.days ?? [],
        course: {
          minutes: 30,
          backlog: Array.from({ length: 1440 }, (_, part) => (part === 70 ? null : part === 68 ? 508 : 0)),
          workers: Array.from({ length: 1440 }, (_, part) => (part > 67 && part < 72 ? 31 : 0)),
        },
      },
    },
    notices: [...month.notices, { ...notice('11:00:00', 'critical', text, [web], ''), workload: web, did: [crawl] }],
    undelivered: [{ at: at(2, '10:00:00'), channel: office, why: text }],
    deliveries: { [office]: { posted: 3, edited: 1, refused: 1 } },
    ledger: [
      { day: '2026-11-01', usd: 0.2, bill: 0.21 },
      { day: '2026-11-02', usd: 0.2 },
    ],
    faults: [...month.faults, { at: at(2, '10:00:00'), text: web }],
    violations: [
      { law: 1, at: at(2, '04:00:00'), text: `${office} is still on`, history: [`it began so: ${text}`, crawl] },
    ],
  });
}

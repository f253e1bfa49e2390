import type { Report, RunReport } from '../../rehearsal/report.ts';

const DAYS = ['2026-11-02', '2026-11-03'];

/** A run at 02:00 of the first day, eight minutes long. */
export function aRun(run: Partial<RunReport> = {}): RunReport {
  return {
    ...{ key: '2026-11-02T02:00', scheduledFor: '2026-11-02T02:00:00+09:00', status: 'succeeded', by: 'schedule' },
    ...{ startedAt: '2026-11-02T02:00:05+09:00', endedAt: '2026-11-02T02:08:05+09:00', exitCode: 0, jobSeconds: 300 },
    execution: {
      from: '2026-11-02T02:00:05+09:00',
      states: [
        { state: 'Admit', after: 0 },
        { state: 'StartInstance', after: 0.3, seconds: 22.1, tries: 3 },
        { state: 'AwaitCommand', after: 22.4, seconds: 400 },
        { state: 'Settled', after: 480 },
      ],
    },
    ...run,
  };
}

/** Two days of one nightly job on an instance, on which nothing went wrong. */
export function aReport(report: Partial<Report> = {}): Report {
  return {
    ...{ stage: 'dev', scenario: 'Nothing goes wrong.', seed: 1, timezone: 'Asia/Seoul', language: 'en' as const },
    ...{ from: '2026-11-02T00:00:00+09:00', to: '2026-11-04T00:00:00+09:00' },
    workloads: {
      nightly: {
        kind: 'batch',
        runs: [
          aRun(),
          aRun({
            ...{ key: '2026-11-03T02:00', scheduledFor: '2026-11-03T02:00:00+09:00' },
            ...{ startedAt: '2026-11-03T02:00:05+09:00', endedAt: '2026-11-03T02:08:05+09:00' },
          }),
        ],
        onHours: 0.27,
        days: DAYS.map((day) => ({ day, onHours: 0.13, usd: 0.01 })),
        cost: { alwaysOn: 2.5, actual: 0.02, storage: 0.01, savedPercent: 99.2 },
      },
    },
    notices: [
      {
        ...{ at: '2026-11-02T02:08:05+09:00', severity: 'success', workload: 'nightly', run: '2026-11-02T02:00' },
        ...{ title: 'nightly 02:00 succeeded', lines: ['The job took 5 min.'] },
      },
    ],
    undelivered: [],
    deliveries: { mail: { posted: 1, edited: 0, refused: 0 } },
    shown: [],
    ledger: [],
    heartbeats: 0,
    faults: [],
    violations: [],
    control: {
      ...{ lambdaInvocations: 20, stateTransitions: 38, apiCalls: { 'ec2.StartInstances': 2 } },
      ...{ costs: { SQS: 0.78 }, monthlyCost: 0.78 },
    },
    ...{ permissionsUsed: [], permissionsNeeded: [], wallSeconds: 0.5 },
    ...report,
  };
}

import { describe, expect, test } from '@jest/globals';
import { spendFacts } from '../../../shared/digest/spend.ts';
import { workloadFacts } from '../../../shared/digest/workload.ts';
import { because } from '../../../shared/reasons.ts';
import type { LedgerDay } from '../../../shared/state/ledger.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { anEnvironment, anEnvironmentRun, aRun, aStage, aWorkload } from '../builders.ts';
import { aDay } from '../cost/ledger-days.ts';
import { DAY } from './facts.ts';

const SEOUL = 'Asia/Seoul';
const at = (time: string) => `2026-11-02T${time}:00.000+09:00`;
const ended = (run: Partial<Run>) => aRun({ status: 'succeeded', endedAt: at('02:30'), ...run });
const of = (runs: Run[], earlier: Run[] = [], days: LedgerDay[] = []) =>
  workloadFacts({ name: 'nightly', workload: aWorkload(), runs, earlier }, days, DAY, SEOUL);

describe('what happened to a workload', () => {
  test('a run - counts in the digest of the time in which it ended, or where it still goes on', () => {
    const { outcomes } = of([
      aRun({ status: 'running' }),
      ended({}),
      // It began before, and was told of as still going on.
      ended({ scheduledFor: '2026-11-01T08:00:00Z', endedAt: '2026-11-01T08:31:00Z' }),
      ended({ endedAt: '2026-11-01T08:29:59Z' }),
      ended({ endedAt: at('17:30') }),
    ]);
    expect(outcomes).toEqual({ running: 1, succeeded: 2 });
  });

  test('what a person has cut off - is no failure; what died is', () => {
    const { outcomes, failed } = of([
      ended({ status: 'aborted', reason: because('stoppedBy', 'kim', 'x') }),
      ended({ status: 'aborted', reason: because('executionDead', 'failed') }),
      ended({ status: 'timed-out' }),
    ]);
    expect(outcomes).toEqual({ aborted: 2, 'timed-out': 1 });
    expect(failed.map(({ status }) => status)).toEqual(['aborted', 'timed-out']);
  });

  test('what was skipped - by its reasons, and in no count of runs', () => {
    const skip = (reason: string) => ended({ status: 'skipped', reason });
    const { outcomes, skipped } = of([skip('closed: x'), skip('paused by kim: y'), skip('closed: x')]);
    expect(outcomes).toEqual({});
    expect(skipped).toEqual([
      { reason: 'closed: x', count: 2 },
      { reason: 'paused by kim: y', count: 1 },
    ]);
  });

  test('durations - the median of what succeeded; none where nothing did', () => {
    const took = (jobSeconds: number, status: Run['status'] = 'succeeded') => ended({ jobSeconds, status });
    expect(of([took(10), took(30), took(100), took(1, 'failed')], [took(20), took(40)]).took).toEqual({
      ...{ median: 30, usual: 30 },
    });
    expect(of([took(10)]).took).toEqual({ median: 10 });
    expect(of([took(1, 'failed')], [took(20)])).not.toHaveProperty('took');
  });

  test('an environment - how long its creation took, not its deletion', () => {
    const run = (act: 'start' | 'stop', admittedAt: string, endedAt: string) =>
      anEnvironmentRun({ act, status: 'succeeded', admittedAt: at(admittedAt), endedAt: at(endedAt) });
    const facts = workloadFacts(
      {
        ...{ name: 'chat-app', workload: anEnvironment(), earlier: [] },
        runs: [run('start', '09:00', '09:12'), run('stop', '12:00', '12:30')],
      },
      [],
      DAY,
      SEOUL,
    );
    expect(facts).toMatchObject({ outcomes: { succeeded: 2 }, took: { median: 720 } });
  });
});

const days = [
  aDay('2026-11-02', { nightly: { usd: 0.2, onSeconds: 7200, unseenSeconds: 60, unknown: ['gp9'] } }),
  aDay('2026-11-01', { nightly: { usd: 0.5, onSeconds: 3600 } }, { observedAt: '2026-11-01T15:00:00.000Z' }),
];

describe('what was spent', () => {
  test('hours on - of the hours that the ledger has reckoned, the last day’s not being over', () => {
    expect(of([], [], days)).toMatchObject({ usd: 0.7, on: { seconds: 10_800, of: 36 * 3600, unseen: 60 } });
    expect(of([])).not.toHaveProperty('on');
  });

  test('of the stage - as of its last look, what is not in it, always on, and the worst day', () => {
    const instance = { id: 'i-1', type: 't3.medium', storage: { size: 73, type: 'gp3' } };
    const stage = aStage({
      ...{ prices: { 't3.medium': 0.05, gp3: 0.1 }, budget: { daily: 20 } },
      workloads: { nightly: aWorkload({ instance }) },
    });
    const weekly = { ...DAY, period: 'weekly' as const };
    expect(spendFacts(days, weekly, stage)).toEqual({
      ...{ usd: 0.7, asOf: '2026-11-02T03:00:00.000Z', unknown: ['nightly: gp9'], limit: 20 },
      alwaysOn: expect.closeTo(36 * (0.05 + 7.3 / 730), 10),
      most: { day: '2026-11-01', usd: 0.5 },
    });
    expect(spendFacts(days, DAY, stage)).not.toHaveProperty('most');
    expect(spendFacts([], DAY, stage)).toBeUndefined();
  });
});

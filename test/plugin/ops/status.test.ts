import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { runs } from '../../../plugin/ops/runs.ts';
import { status } from '../../../plugin/ops/status.ts';
import { anEnvironmentRun, aQueue, aRun, aStage } from '../../shared/builders.ts';
import { AT, aServiceStatus, aStatus, aWorkloadStatus, type, WATCHED } from './context.ts';

const shown = async (answer: object) => (await type(status, {}, { answers: { showStatus: answer } })).out;

describe('status', () => {
  test('a quiet stage - what is on, what comes next; what was not reckoned is unknown', async () => {
    const out = await shown(aStatus({ nightly: {} }));
    expect(out).toContain('dev in ap-northeast-2, 2026-11-02 10:00 +09:00');
    expect(out).toMatch(/│ nightly +│ off +│ +│ 11-03 02:00 +│ 11-03 04:00 +│ \? +│/);
    expect(out).toContain('estimated spend: today unknown: nothing was reckoned yet');
  });

  test('everything at once - each is in it', async () => {
    const word = { by: 'ana', why: 'a demo', at: AT };
    const incident = { workload: 'nightly', severity: 'critical', title: 'nightly failed', since: AT, count: 3 };
    const workload = aWorkloadStatus({
      ...{ now: 'on', running: { key: '2026-11-02T09:00', by: 'ana', status: 'running', startedAt: AT } },
      last: { key: '2026-11-01T02:00', by: 'schedule', status: 'failed', reason: 'JobFailed' },
      next: { skipped: [{ at: '2026-11-03T02:00:00+09:00', why: 'closed: Culture Day' }] },
      words: [{ act: 'keep', ...word, until: '2026-11-02T22:00:00+09:00' }],
      breaker: { failures: 3, opensAt: 3 },
      overBudget: { until: '2026-11-03T00:00:00+09:00', usd: 5.5, limit: 5 },
      incidents: [{ ...incident, acknowledgedBy: 'kim' }],
      today: { usd: 4.999, asOf: AT, unknown: ['gp3'], onSeconds: 60, limit: 5 },
    });
    const out = await shown(
      aStatus(
        { nightly: workload },
        {
          words: [{ act: 'pause', ...word, emergency: true }],
          overBudget: { until: '2026-11-03T00:00:00+09:00', usd: 20.5, limit: 20 },
          incidents: [{ ...incident, workload: 'lamplighter', title: 'a storm', count: 1 }],
          spending: {
            today: { usd: 5, asOf: '2026-11-02T09:00:00+09:00', unknown: ['nightly: gp3'] },
            month: { usd: 7.5, asOf: AT, unknown: [], since: '2026-11-01', billedUntil: '2026-11-01' },
            limits: { daily: 20, emergency: 50 },
          },
        },
      ),
    );
    const flat = out.replace(/[│─┌┐└┘├┤┬┴┼]/g, ' ').replace(/\s+/g, ' ');
    for (const part of [
      ...[
        '! stopped in an emergency by ana: a demo',
        '! over budget, $20.50 of $20.00: nothing starts until 11-03 00:00 or resumed',
        '! critical: a storm since 10:00',
      ],
      'estimated spend: today $5.00, since 11-01 $7.50 (billed until 11-01), limit $20.00 a day, emergency stop at $50.00',
      'as of 09:00, which is old; not in it: nightly: gp3, data transfer',
      ...['run since 10:00', '11-01 02:00 failed', 'none', '$5.00 of $5.00 + ?'],
    ])
      expect(flat).toContain(part);
    for (const part of [
      'kept until 22:00 by ana',
      'breaker open: 3 failures',
      '×3',
      'seen by kim',
      'is skipped: closed',
    ])
      expect(flat).toContain(part);
  });

  test('what could not be seen - says why', async () => {
    const out = await shown(aStatus({ nightly: { now: 'unknown', seen: 'RequestLimitExceeded: slow down' } }));
    expect(out).toMatch(/unknown[\s\S]*RequestLimitExceeded: slow/);
  });

  test('what is watched - how it is, each check, uptime, recoveries, maintenance, what people said', async () => {
    const web = aServiceStatus({
      ...{ now: 'down', since: '2026-11-02T09:51:00+09:00' },
      checks: {
        front: { outcome: 'failed', problem: 'answers 500', failures: 0, downSince: '2026-11-02T09:51:00+09:00' },
        nginx: { outcome: 'failed', failures: 2 },
        alive: { outcome: 'ok', ms: 0, failures: 0 },
      },
      uptime: {
        day: { percent: 99.999, downMinutes: 1, downtimes: 1 },
        week: { percent: 100, downMinutes: 0, downtimes: 0 },
        month: { downMinutes: 0, downtimes: 0 },
      },
      recoveries: {
        ...{ today: 1, atMost: 3 },
        last: {
          ...{ key: '2026-11-02T09:53', by: 'checks', status: 'running', waitsFor: 'stop-start' },
          steps: [{ rung: 'restart', result: 'did not help' }, { rung: 'reboot' }],
        },
      },
      maintenance: { from: '2026-11-08T04:00:00+09:00', to: '2026-11-08T05:00:00+09:00' },
      words: [{ act: 'pause', by: 'ana', why: 'a demo', at: AT }],
    });
    const out = await shown(aStatus({}, { services: { web } }));
    // No table of nothing.
    expect(out).not.toContain('next start');
    for (const part of [
      ...['down since 09:51', 'front failed, down: answers 500', 'nginx failed, 2 of 3 failures', 'alive ok'],
      ...['24 h 99.99 %', '7 d  100.00 %', '30 d ?', '1 of 3 today', 'stop-start waits to be approved'],
      ...['restart did not help', 'reboot goes on', 'maintenance 11-08 04:00 to 05:00', 'paused by ana: a demo'],
    ])
      expect(out).toContain(part);
  });

  test('the guide - shows what is really shown', async () => {
    const failed = { key: '2026-11-02T02:00', by: 'schedule', status: 'failed', reason: 'JobFailed' };
    const running = {
      key: '2026-11-02T09:00',
      by: 'schedule',
      status: 'running',
      startedAt: '2026-11-02T09:00:40+09:00',
    };
    const up = { key: '2026-11-02T09:00', act: 'start' as const, by: 'schedule', status: 'succeeded' };
    const until = '2026-11-02T22:00:00+09:00';
    const asOf = '2026-11-02T09:45:00+09:00';
    const out = await shown(
      aStatus(
        {
          makenaide: {
            ...{ now: 'on', running, last: failed, breaker: { failures: 1, opensAt: 5 } },
            next: { start: '2026-11-02T15:00:00+09:00', stop: '2026-11-02T11:00:00+09:00', skipped: [] },
            today: { usd: 0.18, asOf, unknown: [], onSeconds: 8000 },
          },
          'chat-app': {
            ...{ kind: 'environment', now: 'on', last: up },
            next: { start: '2026-11-03T09:00:00+09:00', stop: until, skipped: [] },
            words: [{ act: 'keep', by: 'kim@desk (user/kim)', why: 'release', at: AT, until }],
            today: { usd: 1.07, asOf, unknown: [], onSeconds: 3600 },
          },
        },
        {
          spending: {
            today: { usd: 1.25, asOf, unknown: [] },
            month: { usd: 3.25, asOf, unknown: [], since: '2026-11-01' },
            limits: { daily: 20, emergency: 50 },
          },
        },
      ),
    );
    expect(readFileSync('docs/guide.md', 'utf8')).toContain(out);
  });

  test('the guide - shows a service as it is really shown', async () => {
    const web = aServiceStatus({
      ...{ now: 'down', since: '2026-11-02T09:48:00+09:00' },
      checks: {
        front: {
          outcome: 'failed',
          problem: 'no answer within 5 s',
          failures: 0,
          downSince: '2026-11-02T09:48:00+09:00',
        },
        nginx: { outcome: 'ok', ms: 38, failures: 0 },
        alive: { outcome: 'ok', ms: 0, failures: 0 },
      },
      uptime: {
        day: { percent: 99.16, downMinutes: 12, downtimes: 1 },
        week: { percent: 99.88, downMinutes: 12, downtimes: 1 },
        month: { percent: 99.7, downMinutes: 130, downtimes: 4 },
      },
      recoveries: {
        ...{ today: 1, atMost: 3 },
        last: {
          ...{ key: '2026-11-02T09:50', by: 'checks', status: 'running', waitsFor: 'stop-start' },
          steps: [
            { rung: 'restart', result: 'did not help' },
            { rung: 'reboot', result: 'did not help' },
          ],
        },
      },
      maintenance: { from: '2026-11-08T04:00:00+09:00', to: '2026-11-08T05:00:00+09:00' },
      incidents: [
        {
          workload: 'web',
          severity: 'critical',
          title: 'web is down',
          since: '2026-11-02T09:50:00+09:00',
          count: 1,
          acknowledgedBy: 'kim',
        },
      ],
    });
    const out = await shown(aStatus({}, { services: { web } }));
    const table = out.slice(out.indexOf('┌'));
    expect(readFileSync('docs/guide.md', 'utf8')).toContain(table);
  });

  test('--json - the answer as it is; --workload - of one', async () => {
    const answer = aStatus({ nightly: {} });
    const { out, asked } = await type(status, { json: true, workload: 'nightly' }, { answers: { showStatus: answer } });
    expect(JSON.parse(out)).toEqual(answer);
    expect(asked).toEqual([['showStatus', { workload: 'nightly' }]]);
  });

  test('--watch - again and again; one answer that fails is told, and asked for again', async () => {
    let times = 0;
    const showStatus = () => {
      times += 1;
      if (times === 2) throw new Error('no network');
      return aStatus({ nightly: {} });
    };
    const { out } = await type(status, { watch: true }, { answers: { showStatus }, looks: 3 });
    expect(out.split('(clear)').map((text) => text.slice(0, 10))).toEqual([
      '',
      'dev in ap-',
      'no network',
      'dev in ap-',
    ]);
  });

  test('--every 0 - refused', async () => {
    await expect(type(status, { watch: true, every: '0' })).rejects.toThrow('--every "0" cannot be used');
  });
});

describe('runs', () => {
  const night = aRun({ status: 'failed', reason: 'JobFailed', exitCode: 3, admittedAt: '2026-11-02T00:00:00Z' });
  const times = { startedAt: '2026-11-01T17:00:00Z', endedAt: '2026-11-01T17:25:00Z' };
  const listRuns = ({ workload }: { workload: string }) => ({
    runs:
      workload === 'nightly' ? [{ ...night, ...times }] : [anEnvironmentRun({ admittedAt: '2026-11-02T01:00:00Z' })],
  });

  test('of all workloads - the newest first, with how long, how and why', async () => {
    const { out, asked } = await type(runs, {}, { answers: { listRuns } });
    expect(asked).toEqual([
      ['listRuns', { workload: 'nightly', limit: 10 }],
      ['listRuns', { workload: 'chat-app', limit: 10 }],
    ]);
    expect(out).toMatch(
      /2026-11-02 02:00 +│ nightly +│ 02:00 │ 02:25 │ 25 min │ failed +│ schedule │ JobFailed; exit code 3/,
    );
    expect(out.indexOf('chat-app stop')).toBeLessThan(out.indexOf('nightly'));
  });

  test('recoveries of what is recovered - why, each step with what came of it, how it ended', async () => {
    const steps = [
      { rung: 'restart' as const, at: '2026-11-02T00:01:00Z', seconds: 190, result: 'did not help' },
      { rung: 'reboot' as const, at: '2026-11-02T00:05:00Z', seconds: 80, result: 'helped' },
    ];
    const run = aRun({
      ...{ workload: 'web', kind: 'service', key: '2026-11-02T09:00', by: 'checks', why: 'front: answers 500' },
      ...{ admittedAt: '2026-11-02T00:00:30Z', endedAt: '2026-11-02T00:06:30Z', startedAt: undefined },
      ...{ status: 'succeeded', reason: 'recovered by reboot', steps },
    });
    const { out, asked } = await type(runs, {}, { answers: { listRuns: { runs: [run] } }, stage: WATCHED });
    expect(asked).toEqual([['listRuns', { workload: 'web', limit: 10 }]]);
    expect(out).toMatch(/web recovery +│ 09:00 │ 09:06 │ 6 min │ succeeded │ checks/);
    expect(out).toContain(
      'front: answers 500; restart did not help (190 s); reboot helped (80 s); recovered by reboot',
    );
  });

  test('of one, --limit, --json - as they are kept', async () => {
    const options = { workload: 'nightly', limit: '3', json: true };
    const { out, asked } = await type(runs, options, { answers: { listRuns } });
    expect(asked).toEqual([['listRuns', { workload: 'nightly', limit: 3 }]]);
    expect(JSON.parse(out)).toMatchObject([{ key: night.key, exitCode: 3 }]);
  });

  test('none yet - says so; a limit that is none - refused', async () => {
    const stage = aStage({ workloads: {}, queues: { crawl: aQueue() } });
    await expect(type(runs, { workload: 'crawl' }, { stage })).rejects.toThrow('sls ops status --workload crawl');
    expect((await type(runs, {}, { answers: { listRuns: { runs: [] } } })).out).toBe('no runs yet\n');
    await expect(type(runs, { limit: '101' })).rejects.toThrow('from 1 to 100');
  });
});

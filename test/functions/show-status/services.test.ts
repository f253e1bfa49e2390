import { describe, expect, test } from '@jest/globals';
import { output } from '../../../functions/show-status/contract.ts';
import { type ofAService, servicesAsRead, type Watched } from '../../../functions/show-status/of-service.ts';
import type { ServiceWorkload } from '../../../shared/stage/compiled.ts';
import type { Facts } from '../../../shared/state/facts.ts';
import { type Minute, pack, unpack } from '../../../shared/state/health.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { Downtime, Hour } from '../../../shared/uptime/uptime.ts';
import type { Result } from '../../../shared/watch/result.ts';
import { CALM, type Streak } from '../../../shared/watch/streak.ts';
import { aRun, aStage } from '../../shared/builders.ts';
import { aService } from '../../shared/watch/services.ts';

/** Monday, 2 November 2026, 10:00 in Seoul. */
const NOW = Date.parse('2026-11-02T10:00:00+09:00');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RECOVERED: Partial<ServiceWorkload> = {
  target: { ec2: 'i-0123456789abcdef0' },
  recover: { rungs: ['restart', 'reboot'], approve: [], perDay: 3, cooldownSeconds: 600 },
};

interface World {
  service?: Partial<ServiceWorkload>;
  minute?: Partial<Minute>;
  streak?: Partial<Streak>;
  words?: Facts['words'];
  hours?: Hour[];
  downtimes?: Downtime[];
  runs?: Run[];
}

const aMinute = (packed: string, more: Partial<Minute> = {}): Minute => ({
  ...{ at: NOW, results: { web: { front: packed } }, held: {} },
  ...more,
});
const anHour = (ago: number, ok: number, failed = 0): Hour => ({
  hour: new Date(NOW - ago * HOUR).toISOString().slice(0, 13),
  checks: { front: { ok, failed, unknown: 0, excluded: 0, ms: 0, slowest: 0 } },
});

async function web({ service, minute, streak, words = [], hours = [], downtimes = [], runs = [] }: World) {
  const stage = aStage({ workloads: {}, services: { web: aService(service) } });
  const state: Watched['state'] = { services: streak ? { web: { front: { ...CALM, ...streak } } } : {} };
  const effects: typeof ofAService = {
    newestWatch: async () => ({ state, ...(minute && { minute: minute as Minute }) }),
    factsOf: async () => ({ words }),
    newestRuns: async () => runs,
    hoursBetween: async () => hours,
    downtimesBetween: async () => downtimes,
  };
  const ofStage = { facts: { words: [] }, threads: [], days: [], bills: [], today: '2026-11-02' };
  const [[name, found] = []] = await servicesAsRead(['web'], stage, ofStage, NOW, effects);
  expect(name).toBe('web');
  if (!found) throw new Error('no service');
  // Whoever reads it later, a page or a script, finds what the contract says.
  expect(output.shape.services.parse({ web: found })).toEqual({ web: found });
  return found;
}

describe('what is watched, as it is now', () => {
  const down = { from: NOW - 9 * MINUTE, openedAt: NOW - 7 * MINUTE, problem: 'answers 500', successes: 0 };
  test.each<[string, World, object]>([
    ['it answers', { minute: aMinute('o81') }, { now: 'up', checks: { front: { outcome: 'ok', ms: 81 } } }],
    [
      'it has begun to fail',
      { minute: aMinute('f20 answers 500'), streak: { failures: 2, failingSince: NOW - MINUTE } },
      { now: 'failing', checks: { front: { outcome: 'failed', failures: 2, problem: 'answers 500' } } },
    ],
    [
      'it is down',
      { minute: aMinute('f20 answers 500'), streak: { down } },
      { now: 'down', since: '2026-11-02T09:51:00+09:00' },
    ],
    ['it is down, and answers again', { minute: aMinute('o81'), streak: { down } }, { now: 'down' }],
    [
      'work is done on it',
      { minute: aMinute('f20 x', { held: { web: 'maintenance' } }) },
      { now: 'held', why: 'work is done on it' },
    ],
    ['it answers in its maintenance', { minute: aMinute('o81', { held: { web: 'maintenance' } }) }, { now: 'up' }],
    ['it was not looked at lately', {}, { now: 'unknown', checks: { front: { outcome: 'unknown' } } }],
    [
      'the fault may be ours',
      { minute: aMinute('f20 x', { isOurs: true }) },
      { now: 'unknown', why: 'the control probe does not answer' },
    ],
    ['nobody was heard', { minute: aMinute('u never heard of') }, { now: 'unknown', why: 'never heard of' }],
  ])('%s', async (_, one, expected) => {
    expect(await web(one)).toMatchObject(expected);
  });

  test('it came up again - since when; a check that is new is unknown, and not well', async () => {
    const one = await web({
      minute: aMinute('o81'),
      downtimes: [{ check: 'front', from: NOW - 2 * HOUR, to: NOW - HOUR, problem: 'hangs' }],
    });
    expect(one).toMatchObject({ now: 'up', since: '2026-11-02T09:00:00+09:00' });
    expect((await web({ minute: aMinute('o81', { results: {} }) })).now).toBe('unknown');
  });

  test('uptime - of each time what was watched in it; before there was anything to see, no figure', async () => {
    const { uptime } = await web({
      minute: aMinute('o81'),
      hours: [anHour(200, 60), anHour(100, 60), anHour(2, 54, 6)],
      downtimes: [{ check: 'front', from: NOW - 100 * MINUTE, to: NOW - 94 * MINUTE, problem: 'hangs' }],
    });
    expect(uptime.day).toEqual({ percent: 90, downMinutes: 6, downtimes: 1 });
    expect(uptime.week).toMatchObject({ percent: 95 });
    expect(uptime.month.percent).toBeCloseTo(96.67, 2);
    expect((await web({ minute: aMinute('o81') })).uptime.day).toEqual({ downMinutes: 0, downtimes: 0 });
  });

  test('its next maintenance - the one that goes on, or the next one; none where there is none', async () => {
    const maintenance = [{ days: ['mon' as const], from: '09:30', to: '10:30' }];
    const minute = aMinute('o81');
    expect((await web({ minute, service: { maintenance } })).maintenance).toEqual({
      from: '2026-11-02T09:30:00+09:00',
      to: '2026-11-02T10:30:00+09:00',
    });
    expect((await web({ minute })).maintenance).toBeUndefined();
  });

  test('recoveries - those of today in which something was done, the last, and what waits for a person', async () => {
    const steps = [{ rung: 'restart' as const, at: '2026-11-02T00:00:00Z', seconds: 40, result: 'did not help' }];
    const run = (key: string, more: Partial<Run>) =>
      aRun({ workload: 'web', kind: 'service', key, by: 'checks', ...more });
    const runs = [
      run('2026-11-02T09:50', { status: 'running', steps, approval: { rung: 'reboot', token: 'secret' } }),
      run('2026-11-02T08:00', { status: 'skipped', reason: 'it answers' }),
      run('2026-11-01T23:00', { status: 'succeeded', steps }),
    ];
    const one = await web({ minute: aMinute('o81'), service: RECOVERED, runs });
    expect(one.recoveries).toEqual({
      ...{ today: 1, atMost: 3 },
      last: {
        ...{ key: '2026-11-02T09:50', by: 'checks', status: 'running', waitsFor: 'reboot' },
        steps: [{ rung: 'restart', result: 'did not help', seconds: 40 }],
      },
    });
    expect(JSON.stringify(one)).not.toContain('secret');
    expect((await web({ minute: aMinute('o81') })).recoveries).toBeUndefined();
  });
});

test('a result that is packed - is unpacked as it was', () => {
  const results: Record<string, Result> = {
    well: { outcome: 'ok', ms: 81 },
    wrong: { outcome: 'failed', ms: 5000, problem: 'no answer within 5 s' },
    unknown: { outcome: 'unknown', problem: 'never heard of' },
  };
  const packed = pack(results);
  for (const [name, result] of Object.entries(results)) expect(unpack(packed[name] ?? '')).toEqual(result);
});

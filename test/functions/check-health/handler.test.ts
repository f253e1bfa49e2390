import { describe, expect, test } from '@jest/globals';
import { checkHealth } from '../../../functions/check-health/handler.ts';
import type { ServiceWorkload } from '../../../shared/stage/compiled.ts';
import { anEnvironment, aWorkload } from '../../shared/builders.ts';
import { aRecoverable } from '../../shared/recovery/recoveries.ts';
import { aService, BAD, OK, UNKNOWN } from '../../shared/watch/services.ts';
import { START, World } from './world.ts';

const MINUTE = 60_000;
const LONG_AGO = '2026-11-01T23:00:00.000Z';

/** Looks minute by minute, with a letter for how everything but the control probe answers. */
async function run(world: World, letters: string, control = 'o') {
  const told: string[] = [];
  for (const letter of letters) {
    world.answers = ({ name }) => ({ o: OK, f: BAD, u: UNKNOWN })[name === 'control' ? control : letter] ?? OK;
    const minute = (world.now - START) / MINUTE;
    const { told: now } = await checkHealth({}, world.effects);
    told.push(...now.map((one) => `${minute} ${one}`));
    world.now += MINUTE;
  }
  return told;
}

const web = (service: Partial<ServiceWorkload> = {}) => new World({ services: { web: aService(service) } });

describe('checkHealth', () => {
  test('it goes down and comes up - told both times as one incident, and kept as a downtime', async () => {
    const world = web();
    expect(await run(world, 'offfoo')).toEqual(['3 web front opened', '5 web front closed']);
    expect(world.notices).toMatchObject([
      { workload: 'web', kind: 'service', severity: 'critical', cause: 'check front', state: 'open' },
      { workload: 'web', severity: 'success', cause: 'check front', state: 'resolved' },
    ]);
    expect(world.notices[0]?.lines).toEqual(['front: answers 500.', 'It has failed 3 times in a row, since 09:01.']);
    expect(world.notices[1]?.lines[0]).toContain('down for 3 min, from 09:01 to 09:04');
    expect([...world.downtimes.values()]).toEqual([
      { check: 'front', problem: 'answers 500', from: START + MINUTE, to: START + 4 * MINUTE },
    ]);
  });

  test('one minute delivered twice - judged once', async () => {
    const world = web();
    await run(world, 'ff');
    world.now -= MINUTE;
    expect(await checkHealth({}, world.effects)).toEqual({ at: '2026-11-02T00:01:00.000Z', told: [] });
    expect(world.state.services['web']?.['front']).toMatchObject({ failures: 2 });
  });

  test('everything is well - nothing is written but the minute, and once an hour that it was summed', async () => {
    const world = web();
    await run(world, 'o'.repeat(50));
    expect(world.writes).toBe(1);
    expect(world.minutes.size).toBe(50);
  });

  test('people cannot be told - it fails, and it is told as the same when they can', async () => {
    const world = web();
    await run(world, 'ff');
    world.isMute = true;
    await expect(run(world, 'f')).rejects.toThrow('not everything was told: Error: no topic');
    world.isMute = false;
    world.now += MINUTE;
    expect(await run(world, 'f')).toEqual(['3 web front opened']);
    expect(world.notices).toMatchObject([{ id: `web front down ${new Date(START).toISOString()}` }]);
  });

  test('the control probe is asked with the others, and again where something failed', async () => {
    const world = web();
    await run(world, 'of');
    expect(world.asked.map(({ name }) => name)).toEqual(['control', 'front', 'control', 'front', 'control']);
  });

  test('the network fails just after the control probe - its second answer counts', async () => {
    const world = web({ openAfter: 1 });
    let questions = 0;
    world.answers = ({ name }) => (name === 'control' && questions++ === 0 ? OK : BAD);
    expect((await checkHealth({}, world.effects)).told).toEqual([]);
    expect(world.minutes.get(START)).toMatchObject({ isOurs: true });
  });

  test('the fault is ours - said, and nothing opens', async () => {
    const world = web();
    expect(await run(world, 'fffff', 'f')).toEqual(['2 control blind']);
    expect(world.notices).toMatchObject([{ workload: 'lamplighter', cause: 'control', severity: 'warning' }]);
  });

  test('hours that are over - summed up from their minutes, each once', async () => {
    const world = web();
    await run(world, `${'o'.repeat(50)}fff${'u'.repeat(2)}${'o'.repeat(10)}`);
    expect(world.hours).toEqual([
      [
        'web',
        {
          hour: '2026-11-02T00',
          checks: { front: { ok: 55, failed: 3, unknown: 2, excluded: 0, ms: 55 * 80, slowest: 80 } },
        },
      ],
    ]);
  });

  test('it was not run for some hours - they are summed up afterwards, a few in a minute', async () => {
    const world = web();
    await run(world, 'o');
    world.now += 10 * 60 * MINUTE;
    await run(world, 'o');
    expect(world.hours.map(([, { hour }]) => hour)).toEqual(['2026-11-02T00']);
    expect(world.state.summed).toBe('2026-11-02T05');
    await run(world, 'o');
    expect(world.state.summed).toBe('2026-11-02T09');
  });

  test('a heartbeat - heard of lately it is well, silent it is down', async () => {
    const world = web({ checks: [{ kind: 'heartbeat', name: 'heartbeat', everySeconds: 120 }] });
    world.heard.set('web', START);
    expect(await run(world, 'oooooo')).toEqual(['5 web heartbeat opened']);
    expect(world.notices[0]?.lines[0]).toBe('heartbeat: silent for 5 minutes.');
  });

  test('a heartbeat that never came - after a while it is said that nobody knows', async () => {
    const world = web({ checks: [{ kind: 'heartbeat', name: 'heartbeat', everySeconds: 120 }] });
    expect(await run(world, 'o'.repeat(20))).toEqual(['14 web heartbeat unseen']);
    expect(world.notices[0]).toMatchObject({ severity: 'warning', cause: 'unseen heartbeat' });
  });
});

describe('what is planned', () => {
  test('maintenance - nothing opens in it, over midnight too, and what fails afterwards does', async () => {
    // 09:00 in Seoul is minute 0, a Monday.
    const world = web({ maintenance: [{ days: ['sun'], from: '23:00', to: '09:05' }] });
    expect(await run(world, 'f'.repeat(9))).toEqual(['7 web front opened']);
    expect(world.minutes.get(START)).toMatchObject({ held: { web: 'maintenance' } });
    expect(world.minutes.get(START + 6 * MINUTE)).toMatchObject({ held: {} });
  });

  test('a person has paused it - nothing opens, and what was down may come up; a word that keeps it on pauses nothing', async () => {
    const by = { by: 'kim', why: 'move', at: new Date(START).toISOString() };
    const world = web();
    world.words = { web: [{ act: 'skip', ...by, until: new Date(START + 5 * MINUTE).toISOString() }] };
    expect(await run(world, 'f'.repeat(5))).toEqual([]);
    expect(world.minutes.get(START)).toMatchObject({ held: { web: 'paused' } });
    world.words = { web: [{ act: 'keep', ...by, until: new Date(START + 60 * MINUTE).toISOString() }] };
    expect(await run(world, 'f'.repeat(3))).toEqual([expect.stringMatching(/web front opened$/)]);
    world.words = { web: [{ act: 'pause', ...by }] };
    expect(await run(world, 'foo')).toEqual([expect.stringMatching(/web front closed$/)]);
  });

  const planned = (service: Partial<ServiceWorkload> = {}) =>
    new World({
      services: { web: aService({ offWith: ['chat-app'], ...service }) },
      workloads: { 'chat-app': anEnvironment(), nightly: aWorkload() },
    });

  test.each([
    ['it was created', [{ kind: 'environment', act: 'start', status: 'succeeded' }], true],
    ['it was deleted', [{ kind: 'environment', act: 'stop', status: 'succeeded' }], false],
    ['it is being created', [{ kind: 'environment', act: 'start', status: 'running' }], false],
    ['it is being deleted', [{ kind: 'environment', act: 'stop', status: 'running' }], false],
    ['its creation failed', [{ kind: 'environment', act: 'start', status: 'failed' }], false],
    [
      'its stop was skipped',
      [
        { kind: 'environment', act: 'stop', status: 'skipped' },
        { kind: 'environment', act: 'start', status: 'succeeded' },
      ],
      true,
    ],
    ['nothing ever happened to it', [], true],
  ] as const)('an environment, %s - what fails there counts only if it was brought up: %j', async (_, runs, opens) => {
    const world = planned();
    world.runs['chat-app'] = runs.map((run) => ({ ...run, admittedAt: LONG_AGO }));
    expect(await run(world, 'ffff')).toEqual(opens ? ['2 web front opened'] : []);
  });

  test.each([
    ['a run is going on', [{ kind: 'batch', status: 'running' }], true],
    ['the last run is over', [{ kind: 'batch', status: 'succeeded' }], false],
    ['it never ran', [], false],
  ] as const)('a batch, %s - what fails there counts only while it runs: %j', async (_, runs, opens) => {
    const world = planned({ offWith: ['nightly'] });
    world.runs['nightly'] = runs.map((run) => ({ ...run, admittedAt: LONG_AGO }));
    expect(await run(world, 'ffff')).toEqual(opens ? ['2 web front opened'] : []);
  });

  test('it has just come up - it has some minutes to answer', async () => {
    const endedAt = new Date(START).toISOString();
    const environment = planned();
    environment.runs['chat-app'] = [{ kind: 'environment', act: 'start', status: 'succeeded', endedAt }];
    expect(await run(environment, 'f'.repeat(8))).toEqual(['7 web front opened']);
    const batch = planned({ offWith: ['nightly'] });
    batch.runs['nightly'] = [{ kind: 'batch', status: 'running', startedAt: endedAt }];
    expect(await run(batch, 'fffffo')).toEqual([]);
  });

  test('it is down, and then off by plan - nobody’s concern any more', async () => {
    const world = planned();
    world.runs['chat-app'] = [{ kind: 'environment', act: 'start', status: 'succeeded', endedAt: LONG_AGO }];
    await run(world, 'fff');
    world.runs['chat-app'] = [{ kind: 'environment', act: 'stop', status: 'running' }];
    expect(await run(world, 'fff')).toEqual(['3 web front closed']);
    expect(world.notices.at(-1)).toMatchObject({ title: 'web is off by plan', state: 'resolved' });
    expect([...world.downtimes.values()]).toMatchObject([{ because: 'off' }]);
  });
});

describe('what went down', () => {
  const recoverable = { ec2: 'i-0fedcba9876543210' };
  const services = {
    web: aRecoverable(
      {},
      { checks: ['front', 'back'].map((name) => ({ kind: 'tcp', name, host: name, port: 1, withinSeconds: 5 })) },
    ),
    watched: aService({ target: recoverable }),
  };

  test('is recovered where the stage file says how - once for an opening, however many checks open', async () => {
    const world = new World({ services });
    world.answers = ({ name }) => (name === 'control' ? OK : BAD);
    for (let minute = 0; minute < 6; minute++) {
      await checkHealth({}, world.effects);
      world.now += 60_000;
    }
    const openedAt = new Date(START + 120_000).toISOString();
    expect(new Set(world.recoveries.map((asked) => JSON.stringify(asked.slice(0, 2))))).toEqual(
      new Set([JSON.stringify(['recover', `web-${openedAt.replace(/\D/g, '')}`])]),
    );
    expect(world.recoveries[0]?.[2]).toEqual({ service: 'web', by: 'checks', why: 'front: answers 500', openedAt });
  });

  test('its recovery cannot be started - it is told all the same, and judged again in a minute', async () => {
    const world = new World({ services });
    world.answers = ({ name }) => (name === 'control' ? OK : BAD);
    world.effects.startExecution = () => Promise.reject(new Error('throttled'));
    for (let minute = 0; minute < 2; minute++, world.now += 60_000) await checkHealth({}, world.effects);
    await expect(checkHealth({}, world.effects)).rejects.toThrow('throttled');
    expect(world.notices.map(({ title }) => title)).toContain('web is down');
    world.now += 60_000;
    await expect(checkHealth({}, world.effects)).rejects.toThrow('throttled');
  });
});

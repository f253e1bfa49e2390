import { describe, expect, test } from '@jest/globals';
import { CloudFormation } from '../../rehearsal/aws/cloudformation.ts';
import { Ec2 } from '../../rehearsal/aws/ec2.ts';
import { VirtualClock } from '../../rehearsal/clock.ts';
import { installNetwork } from '../../rehearsal/network.ts';
import { Servers } from '../../rehearsal/outside/servers.ts';
import { reach } from '../../rehearsal/outside/services.ts';
import { Random } from '../../rehearsal/random.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { World } from '../../rehearsal/world.ts';
import { askAll, type Question } from '../../shared/watch/ask.ts';
import type { Result } from '../../shared/watch/result.ts';
import { aStage } from '../shared/builders.ts';
import { httpCheck, tcpCheck } from '../shared/watch/questions.ts';
import { aService } from '../shared/watch/services.ts';

const MONDAY = Date.parse('2026-11-02T00:00:00Z');
const CONTROL = httpCheck('https://www.example.org', { name: 'control' });
const FRONT = httpCheck('https://www.example.com/', { contains: 'ok' });
const PORT = tcpCheck(5432, { host: 'db.example.com' });
const JOB = httpCheck('https://job.example.com/');
const STAGE = aStage({
  timezone: 'UTC',
  control: CONTROL.url,
  services: { web: aService({ checks: [FRONT, PORT] }), job: aService({ checks: [JOB], offWith: ['nightly'] }) },
});

/** Asks in virtual time, at midnight. */
async function ask(questions: Question[], scenario: object = {}): Promise<Result[]> {
  const clock = new VirtualClock(MONDAY);
  const world = new World(clock, new Random(1), parseScenario(scenario), STAGE);
  const ec2 = new Ec2(world);
  const deployed = { ec2, cloudformation: new CloudFormation(world, process.cwd()), servers: new Servers(world, ec2) };
  const restore = installNetwork(world, (place) => reach(world, deployed, place));
  let results: Result[] | undefined;
  void askAll(questions).then((found) => {
    results = found;
  });
  await clock.runUntil(MONDAY + 60_000, () => results !== undefined);
  restore();
  clock.uninstall();
  return results ?? [];
}

describe('the network of a rehearsal', () => {
  test('nothing is wrong - everything answers, also with the text that is looked for', async () => {
    const results = await ask([CONTROL, FRONT, PORT]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
    expect(results[1]).toMatchObject({ certificateEndsAt: expect.any(Number) });
  });

  test.each([
    [{ service: 503 }, 'answers 503'],
    [{ service: 'refuses' }, 'refuses connections'],
    [{ service: 'hangs-up' }, 'hangs up'],
    [{ service: 'hangs' }, 'no answer within 20 seconds'],
  ])('%j - that is what is found', async (fault, problem) => {
    expect(await ask([FRONT], { faults: [fault] })).toMatchObject([{ outcome: 'failed', problem }]);
  });

  test('one check of one service - the others answer', async () => {
    const faults = [{ service: 'hangs', workload: 'web', check: 'port' }];
    const results = await ask([FRONT, PORT], { faults });
    expect(results.map(({ outcome }) => outcome)).toEqual(['ok', 'failed']);
    expect(await ask([PORT], { faults: [{ service: 'hangs', workload: 'job' }] })).toMatchObject([{ outcome: 'ok' }]);
  });

  test('our own network - nothing is reached; the control probe alone - the others are', async () => {
    const outcomes = async (fault: object) =>
      (await ask([CONTROL, FRONT], { faults: [fault] })).map(({ outcome }) => outcome);
    expect(await outcomes({ network: 'fails' })).toEqual(['failed', 'failed']);
    expect(await outcomes({ control: 'hangs' })).toEqual(['failed', 'ok']);
  });

  test('a fault of another time - is not there', async () => {
    expect(await ask([FRONT], { faults: [{ service: 500, from: '2026-11-02T00:05' }] })).toMatchObject([
      { outcome: 'ok' },
    ]);
  });

  test('on the instance of a batch - it answers while that runs', async () => {
    expect(await ask([JOB])).toMatchObject([{ problem: 'refuses connections' }]);
    expect(await ask([JOB], { instances: { nightly: 'running' } })).toMatchObject([{ outcome: 'ok' }]);
  });

  test('what the stage file does not name - is not there, and nobody really asks for it', async () => {
    expect(await ask([httpCheck('http://127.0.0.1:1/')])).toMatchObject([{ problem: 'its name is not known' }]);
  });
});

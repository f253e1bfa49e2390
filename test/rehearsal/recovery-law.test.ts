import { beforeEach, expect, test } from '@jest/globals';
import type { Entry, Happening } from '../../rehearsal/journal.ts';
import { isRoutine, RecoveryLaw } from '../../rehearsal/laws/recovery.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import type { Recover, ServiceWorkload } from '../../shared/stage/compiled.ts';
import { aNotice, aStage } from '../shared/builders.ts';
import { aRecover } from '../shared/recovery/recoveries.ts';
import { aService } from '../shared/watch/services.ts';

// What the law notices of recoveries, each broken on purpose.

/** A Monday, 09:00 in Seoul. */
const START = Date.parse('2026-11-02T00:00:00Z');
const SERVER = 'i-0fedcba9876543210';
let broken: string[];
let law: RecoveryLaw;
let held: string[];
beforeEach(() => {
  held = [];
  setUp();
});

function setUp(service: Partial<ServiceWorkload> = {}, recover: Partial<Recover> = {}): void {
  broken = [];
  const target = { ec2: SERVER };
  const web = aService({ target, recover: aRecover(recover), ...service });
  const api = aService({ target, recover: aRecover(recover) });
  const app = aService({
    target: { ecs: { cluster: 'app', service: 'web' } },
    recover: aRecover({ rungs: ['redeploy'] }),
  });
  law = new RecoveryLaw(
    aStage({ services: { web, api, app } }),
    (workload) => held.includes(workload),
    (number, _, text) => broken.push(`${number}: ${text}`),
  );
}

const arn = (name: string) =>
  `arn:aws:states:ap-northeast-2:123456789012:execution:lamplighter-dev-recover-service:${name}`;
const happens = (minute: number, happening: Happening) =>
  law.check({ ...happening, at: START + minute * 60_000 } as Entry);
const fails = (minute: number, place = 'web front') => happens(minute, { what: 'unreached', place, how: 'hangs' });
const begins = (execution: string, workload = 'web', by = 'checks') =>
  happens(0, {
    ...{ what: 'record', workload, key: execution, status: 'running' },
    item: { kind: 'service', execution: arn(execution), by },
  });
const calls = (minute: number, execution: string, more: Partial<Extract<Happening, { what: 'call' }>> = {}) =>
  happens(minute, {
    ...{ what: 'call', caller: 'lamplighter-dev-recover-service', service: 'ec2', operation: 'RebootInstances' },
    ...{ input: { InstanceIds: [SERVER] }, execution: arn(execution) },
    ...more,
  });
const ends = (minute: number, execution: string) =>
  happens(minute, { what: 'execution', arn: arn(execution), status: 'SUCCEEDED' });
const told = (minute: number, notice: Partial<Notice>) =>
  happens(minute, { what: 'notice', notice: aNotice({ workload: 'web', kind: 'service', ...notice }) });

test('what was seen to fail is rebooted once, by a recovery of its own - kept', () => {
  begins('one');
  fails(2);
  calls(2.2, 'one');
  expect(broken).toEqual([]);
});

test('nothing was seen to fail, or long ago - law 8', () => {
  begins('one');
  fails(2);
  calls(3.2, 'one');
  expect(broken).toEqual(['8: web was recovered, and nothing was seen to fail']);
});

test('a heartbeat leaves no trace of its silence - kept', () => {
  setUp({ checks: [{ kind: 'heartbeat', name: 'heartbeat', everySeconds: 300 }] });
  begins('one');
  calls(2, 'one');
  expect(broken).toEqual([]);
});

test('the control probe fails - law 7', () => {
  begins('one');
  fails(2);
  fails(2.1, 'control');
  calls(2.2, 'one');
  expect(broken).toEqual(['7: web was recovered while the control probe fails']);
});

test('in maintenance - law 7', () => {
  setUp({ maintenance: [{ days: ['mon'], from: '09:00', to: '10:00' }] });
  begins('one');
  fails(2);
  calls(2.2, 'one');
  expect(broken).toEqual(['7: web was recovered in its maintenance']);
});

test('a job runs on it - law 7, until it has ended', () => {
  setUp({ offWith: ['nightly'] });
  begins('one');
  happens(1, { what: 'job', workload: 'nightly', instance: SERVER, phase: 'started' });
  fails(2);
  calls(2.2, 'one');
  expect(broken).toEqual(['7: web was recovered while a job of nightly runs on it']);
  happens(3, { what: 'job', workload: 'nightly', instance: SERVER, phase: 'ended' });
  fails(4);
  calls(4.2, 'one');
  expect(broken).toHaveLength(1);
});

test('somebody sees to it - law 7, unless they ask for it themselves, or it is another time', () => {
  for (const [name, by] of [
    ['one', 'checks'],
    ['two', 'kim'],
  ] as const)
    begins(name, 'web', by);
  happens(1, { what: 'person', act: 'acknowledge', workload: 'web' });
  fails(2);
  calls(2.2, 'two');
  ends(2.3, 'two');
  expect(broken).toEqual([]);
  calls(2.4, 'one');
  expect(broken).toEqual(['7: web was recovered while somebody sees to it']);
  told(5, { cause: 'check front', state: 'resolved' });
  fails(6);
  calls(6.2, 'one');
  expect(broken).toHaveLength(1);
});

test('more often on a day than it may - law 7, however many steps each takes', () => {
  for (const name of ['one', 'two', 'three', 'four']) {
    begins(name);
    fails(2);
    for (const at of [2.1, 2.2]) calls(at, name);
    ends(2.3, name);
  }
  expect(new Set(broken)).toEqual(new Set(['7: web was recovered 4 times on a day, more than 3']));
});

test('paused - law 6', () => {
  held = ['web'];
  begins('one');
  fails(2);
  calls(2.2, 'one');
  expect(broken).toEqual(['6: web was recovered while it is paused']);
});

test('two recoveries of one machine at a time - law 2, also where they are of two services on it', () => {
  begins('one');
  begins('two', 'api');
  fails(2);
  fails(2, 'api front');
  calls(2.2, 'one');
  calls(2.3, 'two');
  expect(broken).toEqual(['2: api was recovered while another recovery of the same is under way']);
  ends(2.4, 'one');
  ends(2.4, 'two');
  calls(2.5, 'two');
  expect(broken).toHaveLength(1);
});

test('what the stage file does not name for it - law 5: another instance, another step, another service, nobody’s recovery', () => {
  begins('one');
  begins('two', 'app');
  fails(2);
  fails(2, 'app front');
  calls(2.1, 'one', { input: { InstanceIds: ['i-0bbbbbbbbbbbbbbbb'] } });
  calls(2.2, 'one', { service: 'ecs', operation: 'UpdateService', input: { cluster: 'app', service: 'web' } });
  calls(2.3, 'two', { service: 'ecs', operation: 'UpdateService', input: { cluster: 'app', service: 'other' } });
  calls(2.4, 'unknown');
  expect(broken).toEqual([
    '5: web: RebootInstances was called on what the stage file does not name for it',
    '5: web: UpdateService was called on what the stage file does not name for it',
    '5: app: UpdateService was called on what the stage file does not name for it',
    '5: RebootInstances was called by a recovery that nobody recorded',
  ]);
});

test('a person is said to be needed, and nothing was seen to fail lately - law 8', () => {
  fails(2);
  told(7, { cause: 'recovery', state: 'open' });
  expect(broken).toEqual([]);
  told(9, { cause: 'recovery', state: 'open' });
  expect(broken).toEqual(['8: it was said that web needs a person, and nothing was seen to fail']);
});

test('what AWS refused, what somebody else does, what only looks - no recovery', () => {
  begins('one');
  calls(2, 'one', { error: 'IncorrectInstanceState' });
  calls(2, 'one', { caller: 'a person' });
  calls(2, 'one', { operation: 'DescribeInstanceStatus' });
  expect(broken).toEqual([]);
});

test('which endings nobody has to hear of - what is wanted, or over by itself; not what somebody has asked for', () => {
  const routine = { by: 'checks', reason: 'work is done on it, in its maintenance' };
  expect(isRoutine('skipped', routine)).toBe(true);
  expect(isRoutine('skipped', { ...routine, by: 'kim' })).toBe(false);
  expect(isRoutine('succeeded', { by: 'checks', reason: 'it recovered by itself' })).toBe(true);
  expect(isRoutine('succeeded', { by: 'checks', reason: 'recovered by restart', steps: [] })).toBe(false);
  expect(isRoutine('skipped', { by: 'checks', reason: 'recovered 3 times today, which is the most' })).toBe(false);
  expect(isRoutine('failed', routine)).toBe(false);
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Entry, Happening } from '../../rehearsal/journal.ts';
import { closesGate, EmergencyLaw } from '../../rehearsal/laws/emergency.ts';
import { aNotice, anEnvironment, aStage, aWorkload, INSTANCE } from '../shared/builders.ts';

// What the law notices of an emergency stop, each broken on purpose, without the machine.

const MINUTE = 60_000;
const ARN = 'arn:aws:states:x:1:execution:lamplighter-dev-emergency-stop:one';
let broken: string[];
let law: EmergencyLaw;
beforeEach(() => {
  broken = [];
  const stage = aStage({ workloads: { nightly: aWorkload(), 'chat-app': anEnvironment() } });
  law = new EmergencyLaw(stage, (number, _, text) => broken.push(`${number}: ${text}`));
});

const happens = (minute: number, happening: Happening) => law.check({ ...happening, at: minute * MINUTE } as Entry);
const look = (minute: number) => happens(minute, { what: 'log', source: 'test', text: 'nothing' });
const instance = (minute: number, to: string) =>
  happens(minute, { what: 'instance', id: INSTANCE, from: '', to, why: '' });
const stack = (minute: number, to: string) =>
  happens(minute, { what: 'stack', name: 'ChatAppMasterStack', from: '', to, why: '' });
const begin = (minute: number) => happens(minute, { what: 'execution', arn: ARN, status: 'RUNNING' });
const tell = (minute: number, severity: 'critical' | 'warning', cause = 'emergency-left') =>
  happens(minute, { what: 'notice', notice: aNotice({ workload: 'lamplighter', severity, cause }) });

describe('law 6 - an emergency stop stops everything, or people are told', () => {
  test('an instance stays on and nobody is told - broken, once', () => {
    instance(0, 'running');
    begin(1);
    look(11.5);
    look(13.5);
    look(20);
    expect(broken).toEqual([expect.stringMatching(/^6: nightly .*was on 10 minutes after the emergency stop/)]);
  });

  test.each([9, 11.9])('told after %d minutes - kept', (minute) => {
    instance(0, 'running');
    begin(1);
    tell(1 + Math.min(minute, 9), 'critical');
    look(11.5);
    look(14);
    expect(broken).toEqual([]);
  });

  test('told that all is off - is no excuse', () => {
    instance(0, 'running');
    begin(1);
    tell(5, 'warning', 'emergency');
    look(11.5);
    look(14);
    expect(broken).toHaveLength(1);
  });

  test('stopped in time, or started again after a person resumed - kept', () => {
    instance(0, 'running');
    begin(1);
    instance(10, 'stopping');
    look(11.5);
    happens(12, { what: 'person', act: 'resume' });
    instance(12, 'pending');
    look(30);
    expect(broken).toEqual([]);
  });

  const of = { workload: 'collection', key: '2026-11-02T16:30', generation: 1, attempt: 1 };
  const step = (minute: number, name: string, phase: 'started' | 'ended') =>
    happens(minute, { what: 'step', ...of, step: name, phase });

  test('the work of a step goes on, and nobody is told - broken; ended, or told in its run’s record - kept', () => {
    for (const name of ['kospi', 'legacy', 'report']) step(0, name, 'started');
    begin(1);
    step(2, 'report', 'ended');
    const ended = [
      { name: 'legacy', status: 'failed', reason: 'stopped by kim: x; its run of the DAG a goes on in Airflow' },
    ];
    happens(2, { what: 'record', ...of, status: 'aborted', item: { kind: 'pipeline', ended } });
    look(11.5);
    look(14);
    expect(broken).toEqual([
      expect.stringMatching(/^6: collection \(step kospi of collection\) was on 10 minutes after/),
    ]);
  });

  test('a stack that CloudFormation is at - let finish; one that just stands there - broken', () => {
    stack(0, 'CREATE_IN_PROGRESS');
    begin(1);
    look(11.5);
    look(14);
    expect(broken).toEqual([]);
    happens(15, { what: 'person', act: 'resume' });
    stack(15, 'CREATE_COMPLETE');
    begin(16);
    look(26.5);
    look(29);
    expect(broken).toEqual([expect.stringContaining('chat-app (ChatAppMasterStack)')]);
  });
});

test('closesGate - the gate of the stage, written for an emergency, and by nothing that failed', () => {
  const call = (Item: object, more: object = {}) =>
    closesGate({
      ...{ what: 'call', caller: 'x', service: 'dynamodb', operation: 'PutItem', input: { Item }, at: 0, ...more },
    });
  const gate = { pk: { S: 'stage' }, sk: { S: 'gate' }, emergency: { BOOL: true } };
  expect(call(gate)).toBe(true);
  expect(call({ ...gate, emergency: undefined })).toBe(false);
  expect(call({ ...gate, sk: { S: 'order' } })).toBe(false);
  expect(call(gate, { error: 'ThrottlingException' })).toBe(false);
});

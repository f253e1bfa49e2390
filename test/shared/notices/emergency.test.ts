import { describe, expect, test } from '@jest/globals';
import type { StopResult } from '../../../shared/emergency.ts';
import {
  type Ended,
  emergencyBeginsNotice,
  emergencyEndsNotice,
  resumedNotice,
} from '../../../shared/notices/emergency.ts';
import { anEnvironment, aQueue, aStage, aWorkload } from '../builders.ts';

const NOW = Date.parse('2026-11-02T09:12:00+09:00');
const EXECUTION = 'arn:aws:states:ap-northeast-2:123456789012:execution:lamplighter-dev-emergency-stop:emergency-1';
const asked = { by: 'kim', why: 'the bill', execution: EXECUTION };
const stage = aStage({
  workloads: { nightly: aWorkload(), 'chat-app': anEnvironment() },
  queues: { crawl: aQueue() },
});
const instance = (state: StopResult['state'], more: Partial<StopResult> = {}): StopResult => ({
  ...{ state, target: { kind: 'instance', workload: 'nightly', id: 'i-1' }, ...more },
});
const stack = (state: StopResult['state'], more: Partial<StopResult> = {}): StopResult => ({
  ...{ state, target: { kind: 'stack', workload: 'chat-app', id: 'ChatApp' }, ...more },
});
const workers = (state: StopResult['state'], more: Partial<StopResult> = {}): StopResult => {
  const [cluster, service] = ['crawlers', 'worker'];
  return {
    state,
    target: { kind: 'workers', workload: 'crawl', id: 'service/crawlers/worker', cluster, service },
    ...more,
  };
};
const ended = (targets: StopResult[], more: Partial<Ended> = {}) =>
  emergencyEndsNotice(
    { ...asked, round: 2, gate: { closed: true }, machines: [{ state: 'nothing' }], targets, history: [], ...more },
    stage,
    NOW,
  );

test('it begins - critical, told at once by every channel, and no incident yet', () => {
  expect(emergencyBeginsNotice(asked, stage, NOW)).toMatchObject({
    ...{ severity: 'critical', workload: 'lamplighter', run: 'emergency emergency-1' },
    lines: ['By kim: the bill'],
    did: ['Nothing starts any more. Workloads that are being stopped: 3.'],
  });
  expect(emergencyBeginsNotice(asked, stage, NOW)).not.toHaveProperty('cause');
});

describe('how it went', () => {
  test('all off - an incident until somebody resumes, which ends what was left before', () => {
    expect(
      ended([instance('was-off'), stack('was-off')], { history: [[], [instance('stopped'), stack('was-off')]] }),
    ).toEqual(
      expect.objectContaining({
        ...{ severity: 'warning', title: 'Emergency stop: everything is off' },
        ...{ cause: 'emergency', state: 'open', resolves: ['emergency-left'] },
        lines: ['By kim: the bill'],
        did: ['Stopped: nightly (i-1)', 'Was off: chat-app (ChatApp)', 'Nothing starts until somebody resumes.'],
        todo: [expect.stringContaining("npx sls ops resume --stage dev --why 'mended'")],
      }),
    );
  });

  test('rounds before the last two - are counted too', () => {
    const history = [[[], [instance('stopped')]], [instance('was-off')]];
    expect(ended([instance('was-off')], { history, round: 3 }).did?.[0]).toBe('Stopped: nightly (i-1)');
  });

  test('not stopped - critical, an incident of its own, with why and the command for it', () => {
    const error = { Error: 'Ec2.Ec2Exception', Cause: 'You are not authorized' };
    expect(ended([instance('left', { error }), stack('left', { now: 'DELETE_FAILED' })])).toMatchObject({
      ...{ severity: 'critical', title: 'Emergency stop: 2 not stopped', cause: 'emergency-left', state: 'open' },
      lines: [
        'By kim: the bill',
        'Not stopped: nightly (i-1): Ec2.Ec2Exception: You are not authorized',
        'Not stopped: chat-app (ChatApp): DELETE_FAILED',
      ],
      todo: [
        'By hand: aws ec2 stop-instances --instance-ids i-1',
        'By hand: aws cloudformation delete-stack --stack-name ChatApp',
        expect.stringContaining('resume'),
      ],
    });
  });

  test('data that would be lost - is not told to be deleted by hand', () => {
    const Output = '{"status":"failed","reason":"DataWouldBeLost: Redis"}';
    const { lines, todo } = ended([stack('left', { now: 'CREATE_COMPLETE', ended: { Status: 'SUCCEEDED', Output } })]);
    expect(lines.join()).toContain('DataWouldBeLost: Redis');
    expect(todo?.join()).not.toContain('delete-stack');
  });

  test('a stack that is being deleted - progress, and no incident', () => {
    const notice = ended([instance('stopped'), stack('going')]);
    expect(notice).toMatchObject({
      ...{ severity: 'warning', title: 'Emergency stop: not everything is off yet', run: 'emergency emergency-1' },
      lines: ['By kim: the bill', 'Still being deleted: chat-app (ChatApp)'],
    });
    expect(notice).not.toHaveProperty('cause');
  });

  test('workers that end their jobs - progress; those that were not stopped - with the command that holds them first', () => {
    expect(ended([workers('going', { now: '2 running' })])).toMatchObject({
      ...{ severity: 'warning', title: 'Emergency stop: not everything is off yet' },
      lines: ['By kim: the bill', 'Its workers end their jobs: crawl (service/crawlers/worker)'],
    });
    const { lines, todo = [] } = ended([workers('left', { now: '3 running' })]);
    expect(lines).toContain('Not stopped: crawl (service/crawlers/worker): 3 running');
    expect(todo[0]).toMatch(
      /--resource-id service\/crawlers\/worker --min-capacity 0 --max-capacity 0 && aws ecs update-service --cluster crawlers --service worker --desired-count 0$/,
    );
  });

  test('the gate is open - critical although all is off, with the command that closes it', () => {
    const notice = ended([instance('was-off')], { gate: { Error: 'DynamoDB.X', Cause: 'throttled' } });
    expect(notice).toMatchObject({ severity: 'critical', cause: 'emergency-left' });
    expect(notice.lines.at(-1)).toBe('Starts could not be forbidden, so the schedule goes on: DynamoDB.X: throttled');
    expect(notice.todo?.[0]).toContain("npx sls ops pause --stage dev --why 'emergency'");
    expect(notice.did).not.toContain('Nothing starts until somebody resumes.');
  });

  test('runs could not be listed - critical, with why', () => {
    const machines: Ended['machines'] = [{ state: 'some' }, { state: 'unknown', error: { Error: 'Sfn.X' } }];
    expect(ended([instance('stopped')], { machines })).toMatchObject({
      severity: 'critical',
      lines: ['By kim: the bill', 'Whether runs go on could not be seen: Sfn.X'],
    });
  });

  test('each round has an id of its own; said again it has the same', () => {
    const ids = [2, 3, 3].map((round) => ended([instance('left')], { round }).id);
    expect(ids[0]).not.toBe(ids[1]);
    expect(ids[1]).toBe(ids[2]);
  });
});

test('a person resumes - both incidents are over', () => {
  expect(resumedNotice({ by: 'lee', why: 'looked at' }, stage, NOW)).toMatchObject({
    ...{ severity: 'success', cause: 'emergency', state: 'resolved', resolves: ['emergency-left'] },
    lines: ['By lee: looked at', expect.anything()],
  });
});

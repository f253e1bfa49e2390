import { beforeEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../rehearsal/clock.ts';
import type { Happening } from '../../rehearsal/journal.ts';
import { NoticeLaws } from '../../rehearsal/laws/notices.ts';
import { isOut } from '../../rehearsal/laws/outages.ts';
import { Random } from '../../rehearsal/random.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { World } from '../../rehearsal/world.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { aNotice, aStage } from '../shared/builders.ts';
import { MONDAY } from './world.ts';

// The law is only worth what it notices.

const MINUTE = 60_000;
const END = MONDAY + 24 * 60 * MINUTE;

const notify: CompiledStage['notify'] = {
  language: 'en',
  windowSeconds: 3600,
  remindSeconds: 3600,
  channels: {
    chat: { kind: 'discord', webhook: 'ssm:/chat' },
    team: { kind: 'slack', webhook: 'ssm:/team' },
    phone: { kind: 'sms', to: ['+12025550123'] },
  },
  routes: [
    { severity: ['info', 'success', 'warning', 'critical'], to: ['chat'] },
    { severity: ['critical'], workloads: ['nightly'], to: ['team'] },
    { severity: ['critical'], kinds: ['environment'], to: ['phone'] },
  ],
};

let laws: NoticeLaws;
let broken: string[];

function begin(more: object = {}): void {
  broken = [];
  const stage = aStage({ timezone: 'UTC', notify: { ...notify, ...more } });
  laws = new NoticeLaws(stage, (law, _, text) => broken.push(`${law}: ${text}`));
}
beforeEach(() => begin());

const at = (minute: number, happening: Happening) => laws.check({ ...happening, at: MONDAY + minute * MINUTE });
const publish = (minute: number, notice: object = {}) => at(minute, { what: 'notice', notice: aNotice(notice) });
const show = (
  minute: number,
  text: string,
  { channel = 'chat', how = 'posted' as 'posted' | 'edited', to = '' } = {},
) =>
  at(minute, {
    ...{ what: 'delivered', channel, id: '1', how, ...(to && { to }) },
    body: { embeds: [{ title: text, footer: { text: 'dev' } }] },
  });
const ring = (minute: number, name: string, state = 'ALARM') =>
  at(minute, { what: 'alarm', topic: 'lamplighter-dev-notices', name, state, reason: '' });
const end = (isOutOfOrder: string[] = []) => {
  laws.checkEnd(END, (channel) => isOutOfOrder.includes(channel));
  return broken;
};

describe('no notice is lost', () => {
  test('shown - nothing is wrong; not shown - it is named, with its channel', () => {
    publish(1, { title: 'nightly failed' });
    publish(2, { title: 'nightly succeeded' });
    show(3, 'nightly failed');
    expect(end()).toEqual(['3: "nightly succeeded" was never seen in chat, which is to hear it']);
  });

  test('the end of what is open - is to be seen; the end of what is not, or no longer - is no news', () => {
    publish(1, { cause: 'stop', state: 'resolved', title: 'nothing was open' });
    publish(2, { cause: 'stop', state: 'open', title: 'not stopped' });
    show(3, 'not stopped');
    publish(4, { cause: 'stop', state: 'resolved', title: 'gone' });
    publish(5, { cause: 'stop', state: 'resolved', title: 'gone before' });
    expect(end()).toEqual(['3: "gone" was never seen in chat, which is to hear it']);
  });

  test('ended by another notice - its own end is no news any more', () => {
    publish(1, { cause: 'stop', state: 'open', title: 'not stopped' });
    publish(2, { resolves: ['stop'], title: 'deleted' });
    publish(3, { cause: 'stop', state: 'resolved', title: 'need not be deleted' });
    show(4, 'not stopped, deleted');
    expect(end()).toEqual([]);
  });

  test('shown by an edit - seen', () => {
    publish(1);
    show(2, 'nightly failed', { how: 'edited' });
    expect(end()).toEqual([]);
  });

  test('cut, and escaped as its channel does - seen', () => {
    const title = `a_b & "c" <d> *e* ${'and so on '.repeat(30)}`;
    publish(1, { title });
    show(2, `a\\_b &amp; "c" &lt;d&gt; \\*e\\* and so on and so on and so on …`);
    expect(end()).toEqual([]);
  });

  test('shown in another channel - lost to those that are to hear it by severity and workload', () => {
    publish(1, { severity: 'critical' });
    show(2, 'nightly failed');
    expect(end()).toEqual(['3: "nightly failed" was never seen in team, which is to hear it']);
  });

  test('of another workload - not expected where the route names workloads', () => {
    publish(1, { severity: 'critical', workload: 'daily', title: 'daily failed' });
    show(2, 'daily failed');
    expect(end()).toEqual([]);
  });

  test('of the kind that a route names - expected there', () => {
    publish(1, { severity: 'critical', workload: 'app', kind: 'environment', title: 'app is up' });
    show(2, 'app is up');
    expect(end()).toEqual(['3: "app is up" was never seen in phone, which is to hear it']);
  });

  test('only shown hours before, by another one of the same words - lost', () => {
    show(1, 'nightly failed');
    publish(300);
    expect(end()).toHaveLength(1);
  });

  test('published again within the hour - one that was shown is enough', () => {
    publish(1);
    show(2, 'nightly failed');
    publish(50);
    expect(end()).toEqual([]);
  });

  test('the channel is out of order until the end - nothing is expected of it', () => {
    publish(1);
    expect(end(['chat'])).toEqual([]);
  });

  test('published in the last minutes - it may still be on its way', () => {
    publish(24 * 60 - 5);
    expect(end()).toEqual([]);
  });

  test('22 within a minute - a storm may be shown as one; the notice after it may not', () => {
    for (let index = 0; index < 22; index++) publish(1 + index / 30, { title: `of the storm ${index}` });
    publish(10, { title: 'after the storm' });
    expect(end()).toEqual(['3: "after the storm" was never seen in chat, which is to hear it']);
  });

  test('21 within a minute - no storm', () => {
    for (let index = 0; index < 21; index++) publish(1 + index / 30, { title: `${index}` });
    expect(end()).toHaveLength(21);
  });

  test('an alarm of CloudWatch - its name is to be seen where everything critical is heard; an OK is not asked for', () => {
    ring(1, 'cpu-high');
    ring(2, 'disk-full', 'OK');
    expect(end()).toEqual(['3: "cpu-high" was never seen in chat, which is to hear it']);
  });

  test('quiet hours at the end - all but the critical waits', () => {
    begin({ quiet: { from: '22:00', to: '07:00' } });
    publish(23 * 60, { title: 'can wait' });
    publish(23 * 60 + 1, { title: 'cannot wait', severity: 'critical', workload: 'other' });
    publish(12 * 60, { title: 'was by day' });
    expect(end().map((text) => text.slice(0, 16))).toEqual(['3: "cannot wait"', '3: "was by day" ']);
  });
});

describe('nothing comes twice', () => {
  test('the same body posted again - found, with the channel', () => {
    publish(1);
    show(2, 'nightly failed');
    show(4, 'nightly failed');
    expect(broken).toEqual([expect.stringContaining('3: chat was told the same 2 times')]);
  });

  test('the same body edited in, or in another channel - nothing is wrong', () => {
    show(2, 'nightly failed');
    show(4, 'nightly failed', { how: 'edited' });
    show(4, 'nightly failed', { channel: 'team' });
    expect(broken).toEqual([]);
  });

  test('the same text message to two numbers - nothing is wrong; twice to one - found', () => {
    show(1, 'x', { channel: 'phone', to: '+1' });
    show(1, 'x', { channel: 'phone', to: '+2' });
    expect(broken).toEqual([]);
    show(2, 'x', { channel: 'phone', to: '+2' });
    expect(broken).toHaveLength(1);
  });

  test('two alarms that read alike in a text message - may be told twice, and no third time', () => {
    ring(1, 'cpu-high');
    ring(3, 'cpu-high');
    for (const minute of [1, 3]) show(minute, 'critical: cpu-high', { channel: 'phone', to: '+1' });
    expect(broken).toEqual([]);
    show(5, 'critical: cpu-high', { channel: 'phone', to: '+1' });
    expect(broken).toHaveLength(1);
  });

  test('again after a while - a reminder', () => {
    show(1, 'still on');
    show(17, 'still on');
    expect(broken).toEqual([]);
  });
});

describe('no channel is flooded', () => {
  const flood = (count: number, channel: string) => {
    for (let index = 0; index < count; index++)
      show(1 + index / 60, `${index}`, { channel, how: index % 2 ? 'edited' : 'posted' });
  };
  test('31 posts and edits within a minute - found', () => {
    flood(31, 'chat');
    expect(broken).toEqual(['3: chat got more than 30 posts and edits in a minute']);
  });

  test('30, or 31 to another kind of channel - nothing is wrong', () => {
    flood(30, 'chat');
    flood(31, 'team');
    expect(broken).toEqual([]);
  });
});

describe('out of order', () => {
  const check = (fault: object, channel = 'chat') => {
    const clock = new VirtualClock(MONDAY);
    try {
      const world = new World(clock, new Random(1), parseScenario({ faults: [fault] }), aStage({ timezone: 'UTC' }));
      return isOut(world, channel);
    } finally {
      clock.uninstall();
    }
  };
  test.each([
    ['its webhook is', true, { webhook: 503, channel: 'chat' }],
    ['all webhooks are', true, { webhook: 'hangs' }],
    ['another’s webhook is', false, { webhook: 503, channel: 'team' }],
    ['it was until some minutes ago', true, { webhook: 503, to: '2026-11-01T23:50' }],
    ['it was until an hour ago', false, { webhook: 503, to: '2026-11-01T23:00' }],
    ['SNS is', true, { call: 'sns.Publish', error: 'InternalError' }],
    ['EC2 is', false, { call: 'ec2.StartInstances', error: 'InternalError' }],
    ['its function crashes', true, { function: 'notify-discord', crashes: 9 }],
  ])('%s - out of order: %s', (_, expected, fault) => {
    expect(check(fault)).toBe(expected);
  });
});

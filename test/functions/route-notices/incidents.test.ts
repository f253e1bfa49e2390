import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { ChannelUnavailable, WebhookDeleted } from '../../../shared/errors.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Channel, CompiledStage, Notify } from '../../../shared/stage/compiled.ts';
import { aNotice, aNotify } from '../../shared/builders.ts';
import { NOON, NoticeWorld } from '../../shared/notice-world.ts';

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const chat: Channel = { kind: 'discord', webhook: 'ssm:/chat' };
const team: Channel = { kind: 'slack', webhook: 'ssm:/team' };
const mail: Channel = { kind: 'email', to: ['ops@example.com'] };
const ALL: CompiledStage['notify']['routes'][number]['severity'] = ['info', 'success', 'warning', 'critical'];

/** One channel that edits and one that cannot hear everything. */
function aWorld(notify: Partial<Notify> = {}): NoticeWorld {
  const routes = [{ severity: ALL, to: ['chat', 'team'] }];
  return new NoticeWorld({ notify: aNotify({ channels: { chat, team, mail }, routes, ...notify }) });
}

let ids = 0;
function failed(world: NoticeWorld, more: Partial<Notice> = {}): Notice {
  const at = new Date(world.now).toISOString();
  return aNotice({ id: `failed ${ids++}`, at, cause: 'runs', state: 'open', ...more });
}
const succeeded = (world: NoticeWorld) =>
  failed(world, {
    cause: undefined,
    state: undefined,
    run: 'later',
    severity: 'success',
    resolves: ['runs'],
    title: 'ok',
  });

const incidents = (world: NoticeWorld, channel: string) =>
  (world.posts[channel] ?? []).flatMap(({ message: { incident }, edits }) =>
    incident ? [{ ...incident, edits }] : [],
  );

test('the same cause again and again - one message that is edited, and a count where that cannot be', async () => {
  const world = aWorld();
  for (let minute = 0; minute < 5; minute++) {
    await world.say(failed(world));
    await world.pass(MINUTE);
  }
  expect(incidents(world, 'chat')).toMatchObject([{ state: 'open', count: 5, openedAt: NOON }]);
  expect(incidents(world, 'team')).toMatchObject([{ state: 'open', count: 1 }]);
  await world.pass(HOUR);
  expect(incidents(world, 'chat')).toHaveLength(1);
  expect(incidents(world, 'team')).toMatchObject([{ count: 1 }, { state: 'open', count: 5 }]);
});

test('what ends it - edits the message, and is told where that cannot be; its duration is known', async () => {
  const world = aWorld();
  await world.say(failed(world));
  await world.pass(3 * HOUR);
  await world.say(succeeded(world));
  const ended = { state: 'resolved', openedAt: NOON, endedAt: NOON + 3 * HOUR };
  expect(incidents(world, 'chat')).toMatchObject([{ ...ended, edits: 1 }]);
  expect(incidents(world, 'team')).toMatchObject([{ state: 'open' }, ended]);
});

test('the end of what was not open - is not told', async () => {
  const world = aWorld();
  await world.say(failed(world, { state: 'resolved', severity: 'success' }));
  expect(world.posts).toEqual({});
});

test('an end that overtakes its beginning - is told as over', async () => {
  const world = aWorld();
  const open = failed(world, { severity: 'critical' });
  world.now += 1000;
  await world.say(failed(world, { state: 'resolved', severity: 'success' }));
  await world.say(open);
  expect(incidents(world, 'chat')).toMatchObject([{ state: 'resolved', count: 1 }]);
  await world.pass(24 * HOUR);
  expect(incidents(world, 'chat')).toHaveLength(1);
});

test('again after the window - is told anew', async () => {
  const world = aWorld();
  await world.say(failed(world));
  await world.pass(7 * HOUR);
  await world.say(failed(world));
  await world.pass(MINUTE);
  expect(incidents(world, 'chat')).toMatchObject([{ count: 1 }, { count: 2, openedAt: NOON }]);
});

test('open, over, open, over, … - flapping is said once, and that it is calm', async () => {
  const world = aWorld();
  for (let change = 0; change < 20; change++) {
    await world.say(failed(world, change % 2 ? { state: 'resolved', severity: 'success' } : {}));
    await world.pass(MINUTE);
  }
  const before = world.posts['team']?.length ?? 0;
  expect(incidents(world, 'team').filter(({ state }) => state === 'flapping')).toHaveLength(1);
  expect(before).toBeLessThan(10);
  await world.pass(HOUR);
  expect(incidents(world, 'chat').at(-1)).toMatchObject({ state: 'resolved', count: 10 });
  expect(incidents(world, 'team').slice(before)).toMatchObject([{ state: 'resolved' }]);
});

test('a worse one - is told aloud, to those who hear of what is worse', async () => {
  const routes: Notify['routes'] = [
    { severity: ['warning'], to: ['chat'] },
    { severity: ['critical'], to: ['chat', 'mail'] },
  ];
  const world = aWorld({ routes });
  await world.say(failed(world));
  await world.say(failed(world, { severity: 'critical' }));
  expect(incidents(world, 'chat')).toHaveLength(2);
  expect(incidents(world, 'mail')).toMatchObject([{ count: 2 }]);
  await world.say(succeeded(world));
  expect(incidents(world, 'mail')).toMatchObject([{}, { state: 'resolved' }]);
});

test('routes - by workload and by kind', async () => {
  const routes: Notify['routes'] = [
    { severity: ALL, to: ['chat'], workloads: ['nightly'] },
    { severity: ALL, to: ['mail'], kinds: ['environment'] },
    { severity: ['critical'], to: ['team'] },
  ];
  const world = aWorld({ routes });
  await world.say(failed(world, { kind: 'batch' }), failed(world, { workload: 'shop', kind: 'environment' }));
  expect(world.posts['chat']?.map(({ message }) => message.notice.workload)).toEqual(['nightly']);
  expect(world.posts['mail']?.map(({ message }) => message.notice.workload)).toEqual(['shop']);
  expect(world.posts['team']).toBeUndefined();
});

test('quiet hours - hold back all but what is critical, and end with what is then', async () => {
  const world = aWorld({ quiet: { from: '22:00', to: '07:00' }, remindSeconds: 86_400 });
  await world.pass(11 * HOUR);
  await world.say(failed(world), failed(world, { cause: 'on fire', severity: 'critical' }));
  expect(incidents(world, 'chat')).toHaveLength(1);
  await world.say(failed(world), succeeded(world));
  await world.pass(8 * HOUR - 1);
  expect(incidents(world, 'chat').filter(({ count }) => count === 2)).toEqual([]);
  await world.pass(1);
  expect(incidents(world, 'chat').at(-1)).toMatchObject({ state: 'resolved', count: 2 });
  expect(world.posts['chat']?.at(-1)?.at).toBe(Date.parse('2026-11-03T07:00:00+09:00'));
});

test('an open critical incident - people are reminded until one acknowledges it', async () => {
  const world = aWorld({ remindSeconds: 2 * 3600 });
  await world.say(failed(world, { severity: 'critical' }));
  await world.pass(5 * HOUR);
  expect(world.posts['team']?.map(({ at, message }) => [at - NOON, message.because?.what])).toEqual([
    [0, undefined],
    [2 * HOUR, 'reminder'],
    [4 * HOUR, 'reminder'],
  ]);
  const thread = world.threads.get('nightly cause runs');
  if (thread) world.threads.set('nightly cause runs', { ...thread, acknowledged: { by: 'kim', at: world.now } });
  await world.pass(24 * HOUR);
  expect(world.posts['team']).toHaveLength(3);
});

test('nobody acknowledges it - it is escalated, once, after the time that the route says', async () => {
  const escalate = { afterSeconds: 900, to: ['mail'] };
  const world = aWorld({ routes: [{ severity: ['critical'], to: ['chat'], escalate }], remindSeconds: 86_400 });
  await world.say(failed(world, { severity: 'critical' }));
  await world.pass(14 * MINUTE);
  expect(world.posts['mail']).toBeUndefined();
  await world.pass(10 * HOUR);
  expect(world.posts['mail']).toMatchObject([
    { at: NOON + 15 * MINUTE, message: { because: { what: 'escalation', why: '900' } } },
  ]);
});

test('a channel is down - the next carries what is critical at once, the rest when it stays down, and says why', async () => {
  const channels = { chat: { ...chat, fallback: 'mail' }, mail };
  const world = aWorld({ channels, routes: [{ severity: ALL, to: ['chat'] }], remindSeconds: 86_400 });
  world.down.set('chat', new ChannelUnavailable('the webhook answered 503'));
  await world.say(failed(world, { severity: 'critical' }), failed(world, { workload: 'other' }));
  const because = { what: 'fallback', channel: 'chat', why: '503' };
  expect(world.posts['mail']).toMatchObject([{ at: NOON, message: { because } }]);
  await world.pass(40 * MINUTE);
  expect(world.posts['mail']).toMatchObject([{}, { message: { notice: { workload: 'other' }, because } }]);
  world.down.clear();
  await world.pass(2 * MINUTE);
  expect(incidents(world, 'chat')).toHaveLength(2);
  expect(world.posts['mail']).toHaveLength(2);
});

test('a webhook was deleted - the next channel carries everything at once', async () => {
  const channels = { chat: { ...chat, fallback: 'mail' }, mail };
  const world = aWorld({ channels, routes: [{ severity: ALL, to: ['chat'] }] });
  world.down.set('chat', new WebhookDeleted('the webhook answered 404'));
  await world.say(failed(world, { severity: 'info' }));
  expect(world.posts['mail']).toMatchObject([{ message: { because: { why: '404' } } }]);
});

test('a test notice - goes to every channel', async () => {
  const world = aWorld({ routes: [{ severity: ['critical'], to: ['chat'] }] });
  await world.say(aNotice({ severity: 'info', everywhere: true }));
  expect(Object.keys(world.posts).toSorted()).toEqual(['chat', 'mail', 'team']);
});

test('a storm - few are told one by one, one message speaks for the rest, and none is forgotten', async () => {
  const world = aWorld({ remindSeconds: 86_400 });
  for (let at = 0; at < 1000; at++) {
    await world.say(
      failed(world, { workload: `w${at % 5}`, cause: `alarm ${at}`, title: `alarm ${at}`, severity: 'critical' }),
    );
    await world.pass(200);
  }
  await world.pass(MINUTE);
  const storms = world.posts['chat']?.filter(({ message }) => message.notice.cause === 'storm') ?? [];
  expect(storms.map(({ message }) => message.incident?.count)).toEqual([980]);
  expect(world.posts['chat']).toHaveLength(21);
  expect(storms[0]?.edits).toBeLessThan(30);
  // Its incidents end one after the other, in silence, but for the last few.
  for (let at = 0; at < 990; at++)
    await world.say(
      failed(world, { workload: `w${at % 5}`, cause: `alarm ${at}`, state: 'resolved', severity: 'success' }),
    );
  await world.pass(HOUR);
  expect(storms[0]?.message.incident?.state).toBe('resolved');
  expect(world.posts['chat']?.slice(21).map(({ message }) => message.notice.title)).toEqual(
    Array.from({ length: 10 }, (_, index) => `alarm ${990 + index}`),
  );
});

test('whatever comes twice, late or in another order - every channel ends with what is, and never saw the same twice', async () => {
  const cause = fc.constantFrom('a', 'b');
  const said = fc.record({ cause, isEnd: fc.boolean(), after: fc.integer({ min: 1, max: 40 * 60 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(said, { maxLength: 12 }), fc.infiniteStream(fc.nat()), async (notices, picks) => {
      const world = aWorld();
      for (const { cause, isEnd, after } of notices) {
        world.now += after * 1000;
        const notice = failed(world, { cause, state: isEnd ? 'resolved' : 'open', title: `${cause} ${world.now}` });
        world.publish(notice);
        world.publish(notice);
        // Any number of messages, in any order, each perhaps twice.
        for (let turn = (picks.next().value ?? 0) % 8; turn > 0; turn--) {
          const due = world.queued.filter(({ at }) => at <= world.now);
          const one = due[(picks.next().value ?? 0) % Math.max(1, due.length)];
          if (!one) break;
          if ((picks.next().value ?? 0) % 5 === 0) world.queued.push({ ...one });
          await world.receive(one);
        }
      }
      await world.pass(3 * HOUR);
      for (const thread of world.threads.values()) {
        if (thread.count === 0) continue;
        for (const channel of ['chat', 'team']) {
          const last = world.posts[channel]?.filter(({ message }) => message.thread === thread.thread).at(-1);
          expect(last?.message.incident).toMatchObject({ state: thread.state, count: thread.count });
        }
      }
      for (const posts of Object.values(world.posts)) {
        const texts = posts.map(({ message }) => JSON.stringify(message));
        expect(new Set(texts).size).toBe(texts.length);
      }
    }),
    { numRuns: 300 },
  );
});

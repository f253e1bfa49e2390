import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { receiveInteraction } from '../../../functions/receive-interaction/handler.ts';
import type { Order } from '../../../shared/discord/order.ts';
import { aStage } from '../../shared/builders.ts';
import {
  aCommand,
  aCommandedStage,
  anInteraction,
  aPress,
  INTERACTION,
  NOW,
  OPERATORS,
  READERS,
  signed,
} from '../../shared/discord/interactions.ts';

/** Everything that is done is written down: what was not verified must have left nothing there. */
function discord(stage = aCommandedStage()) {
  const did: unknown[][] = [];
  const taken = new Set<string>();
  const asked = new Map<string, Order | 'late'>();
  const effects = {
    stage: () => stage,
    now: () => NOW,
    takeInteraction: async (id: string, what: string) => {
      did.push(['take', what]);
      return !taken.has(id) && taken.add(id).has(id);
    },
    takeAsked: async (id: string) => {
      did.push(['take asked', id]);
      const found = asked.get(id);
      asked.delete(id);
      return found;
    },
    invokeLater: async (name: string, event: object): Promise<void> => {
      did.push([name, event]);
    },
  };
  const send = async (request: Awaited<ReturnType<typeof signed>>) => {
    const { statusCode, body } = await receiveInteraction(request, effects);
    return { status: statusCode, ...(JSON.parse(body) as { type?: number; data?: Record<string, unknown> }) };
  };
  const say = async (interaction: object) => send(await signed(interaction));
  const does = () => did.flatMap(([name, event]) => (name === 'carry-out' ? [(event as { does: object }).does] : []));
  return { did, asked, effects, send, say, does };
}

beforeEach(() => {
  process.env['CARRY_OUT_FUNCTION'] = 'carry-out';
  jest.spyOn(console, 'info').mockImplementation(() => undefined);
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const STOP = aCommand('stop', { workload: 'nightly', why: 'a test' });
const ORDER: Order = { act: 'stop', workload: 'nightly', why: 'a test', by: 'kim (Discord)' };

describe('what Discord has not signed', () => {
  test.each<[string, (request: Awaited<ReturnType<typeof signed>>) => object]>([
    ['a body that somebody changed', ({ body }) => ({ body: body.replace('nightly', 'monthly') })],
    ['a body that is no JSON', () => ({ body: '{' })],
    ['no headers', () => ({ headers: {} })],
  ])('%s - 401, and nothing is done', async (_, change) => {
    const { did, send } = discord();
    const request = await signed(STOP);
    expect(await send({ ...request, ...change(request) })).toEqual({ status: 401, error: 'invalid request signature' });
    expect(did).toEqual([]);
  });

  test('signed long ago - 401, and nothing is done', async () => {
    const { did, send } = discord();
    expect(await send(await signed(STOP, NOW - 301_000))).toMatchObject({ status: 401 });
    expect(did).toEqual([]);
  });

  test('a ping with a wrong signature, by which Discord tries us - 401', async () => {
    const request = await signed({ type: 1 });
    expect(await discord().send({ ...request, body: '{"type":1 }' })).toMatchObject({ status: 401 });
  });

  test('a stage without commands - 401, whatever comes', async () => {
    expect(await discord(aStage()).say({ type: 1 })).toMatchObject({ status: 401 });
  });
});

describe('what Discord has signed', () => {
  test('a ping - a pong', async () => {
    const { say, did } = discord();
    expect(await say({ type: 1, id: '1', application_id: '2', token: 'x', version: 1 })).toEqual({
      status: 200,
      type: 1,
    });
    expect(did).toEqual([]);
  });

  test('a command - handed over in the name of who gave it, and "thinking" meanwhile, seen by them alone', async () => {
    const { say, did } = discord();
    expect(await say(STOP)).toEqual({ status: 200, type: 5, data: { flags: 64 } });
    const interaction = { id: INTERACTION, application: '1122334455667788990', token: 'aW50ZXJhY3Rpb24' };
    const event = { interaction, by: 'kim (Discord)', does: { what: 'order', order: ORDER } };
    expect(did).toEqual([
      ['take', 'received'],
      ['carry-out', event],
    ]);
  });

  test('the same again - refused, and not handed over again', async () => {
    const { say, does } = discord();
    await say(STOP);
    expect(await say(STOP)).toEqual({ status: 409, error: 'this interaction was received before' });
    expect(does()).toHaveLength(1);
  });

  test.each<[string, object, object]>([
    ['status', aCommand('status'), { what: 'status' }],
    ['status of one', aCommand('status', { workload: 'crawl' }), { what: 'status', workload: 'crawl' }],
    ['runs', aCommand('runs', { workload: 'web' }), { what: 'runs', workload: 'web', limit: 10 }],
    [
      'runs, five',
      aCommand('runs', { workload: 'nightly', limit: 5 }),
      { what: 'runs', workload: 'nightly', limit: 5 },
    ],
    [
      'extend of the stage',
      aCommand('extend', { until: '22:00', why: ' a demo ' }),
      { what: 'order', order: { act: 'keep', until: '22:00', why: 'a demo', by: 'kim (Discord)' } },
    ],
    [
      'acknowledge, by anybody',
      aPress('acknowledge/nightly/0123456789abcdef', { roles: [] }),
      { what: 'acknowledge', workload: 'nightly', incident: '0123456789abcdef' },
    ],
    [
      'approve',
      aPress('approve/web/2026-11-02T09:02/stop-start'),
      { what: 'approve', workload: 'web', run: '2026-11-02T09:02', rung: 'stop-start' },
    ],
  ])('%s - handed over as it was meant', async (_, interaction, meant) => {
    const { say, does } = discord();
    await say(interaction);
    expect(does()).toEqual([meant]);
  });

  test.each<[string, object, RegExp]>([
    ['a role that may not', aCommand('stop', { workload: 'nightly', why: 'x' }, { roles: [READERS] }), /<@&11.*2>/],
    ['no role', aCommand('status', {}, { roles: [] }), /may not status/],
    ['a button of somebody who may not', aPress('approve/web/x/reboot', { roles: [READERS] }), /may not approve/],
    ['a confirmation of somebody who may not', aPress('confirm/stop/7', { roles: [READERS] }), /may not stop/],
    ['another server', aCommand('status', {}, { guild_id: '1199999999999999999' }), /not the server/],
    ['another application', aCommand('status', {}, { application_id: '1199999999999999999' }), /not the server/],
    ['a command that is not known', aCommand('delete', {}), /not known/],
    ['a name that objects have', aCommand('constructor', {}), /not known/],
    ['a button that is not known', aPress('delete/nightly/7'), /not known/],
    ['a form', anInteraction({ type: 5, data: { custom_id: 'confirm/stop/7' } }), /not known/],
    [
      'a workload that is not there',
      aCommand('stop', { workload: 'nigthly', why: 'x' }),
      /no "nigthly" to stop.*nightly/,
    ],
    ['a workload with a name of objects', aCommand('status', { workload: 'toString' }), /no "toString"/],
    ['a stop of what is not run', aCommand('stop', { workload: 'web', why: 'x' }), /no "web" to stop/],
    ['a stop of nothing', aCommand('stop', { why: 'x' }), /workload is missing/],
    ['no reason', aCommand('skip', { why: '  ' }), /why is missing/],
    ['a reason that is too long', aCommand('skip', { why: 'x'.repeat(201) }), /200 characters/],
    ['no end', aCommand('extend', { why: 'x' }), /until is missing/],
    ['too many runs', aCommand('runs', { workload: 'nightly', limit: 21 }), /from 1 to 20/],
  ])('%s - said to who asked alone, mentions nobody, and nothing is done', async (_, interaction, says) => {
    const { say, did } = discord();
    expect(await say(interaction)).toEqual({
      ...{ status: 200, type: 4 },
      data: { content: expect.stringMatching(says), flags: 64, allowed_mentions: { parse: [] } },
    });
    expect(did).toEqual([]);
  });

  test('in Korean - the stage answers so', async () => {
    const stage = aCommandedStage({ notify: { language: 'ko' } });
    const { data } = await discord(stage).say(
      aCommand('stop', { workload: 'nightly', why: 'x' }, { roles: [READERS] }),
    );
    expect(data?.['content']).toBe('중지 권한이 없습니다. 다음 역할 중 하나가 필요합니다: <@&1100000000000000002>.');
  });

  test('nobody can take it over - said so at once, and logged', async () => {
    const { effects, say } = discord();
    effects.invokeLater = async () => {
      throw Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException' });
    };
    expect((await say(STOP)).data?.['content']).toMatch(/^Nothing was done \(TooManyRequestsException\)/);
    expect(jest.mocked(console.error).mock.calls.join()).toContain('Rate exceeded');
  });

  test('what is logged - has no token', async () => {
    await discord().say(STOP);
    expect(jest.mocked(console.info).mock.calls.join()).not.toContain('aW50ZXJhY3Rpb24');
  });
});

describe('a question that was confirmed', () => {
  const asking = (order: Order | 'late') => {
    const world = discord();
    world.asked.set('7', order);
    return world;
  };

  test('by who asked - done once, and its buttons are gone', async () => {
    const { say, does } = asking(ORDER);
    expect(await say(aPress('confirm/stop/7'))).toMatchObject({
      type: 7,
      data: { content: 'Yes by kim (Discord): stop nightly …', components: [], allowed_mentions: { parse: [] } },
    });
    expect(does()).toEqual([{ what: 'confirmed', order: ORDER }]);
    expect(await say(aPress('confirm/stop/7', { id: '1435000000000000002' }))).toMatchObject({
      type: 4,
      data: { content: 'Somebody has answered this already.', flags: 64 },
    });
    expect(does()).toHaveLength(1);
  });

  test('by another who may - both are remembered', async () => {
    const { say, does } = asking(ORDER);
    await say(aPress('confirm/stop/7', { username: 'lee', roles: [OPERATORS] }));
    expect(does()).toEqual([
      { what: 'confirmed', order: { ...ORDER, by: 'kim (Discord), confirmed by lee (Discord)' } },
    ]);
  });

  test('no - called off, and nothing is done', async () => {
    const { say, does, asked } = asking(ORDER);
    expect(await say(aPress('cancel/stop/7'))).toMatchObject({
      data: { content: 'Called off by kim (Discord): stop nightly', components: [] },
    });
    expect([does(), asked.size]).toEqual([[], 0]);
  });

  test('too late - nothing is done, and the message says so', async () => {
    const { say, does } = asking('late');
    expect(await say(aPress('confirm/stop/7'))).toMatchObject({
      type: 7,
      data: { content: expect.stringContaining('within five minutes'), components: [] },
    });
    expect(does()).toEqual([]);
  });
});

describe('what can be typed on', () => {
  const typing = (name: string, value: string, roles = [OPERATORS]) =>
    anInteraction({ type: 4, roles, data: { name, options: [{ name: 'workload', type: 3, value, focused: true }] } });
  const names = async (interaction: object, stage = aCommandedStage()) => {
    const world = discord(stage);
    const { type, data } = await world.say(interaction);
    expect([type, world.did]).toEqual([8, []]);
    return (data as { choices: { name: string; value: string }[] }).choices.map(({ name }) => name);
  };

  test('nothing typed yet - everything that the command fits', async () => {
    expect(await names(typing('status', ''))).toEqual(['nightly', 'chat-app', 'web', 'crawl']);
    expect(await names(typing('stop', ''))).toEqual(['nightly', 'chat-app']);
  });

  test('a part of a name - what has it, what begins with it first', async () => {
    const workloads = { 'my-chat': aCommandedStage().workloads['nightly'], ...aCommandedStage().workloads };
    const stage = aCommandedStage({ workloads: workloads as ReturnType<typeof aCommandedStage>['workloads'] });
    expect(await names(typing('stop', 'CHAT'), stage)).toEqual(['chat-app', 'my-chat']);
  });

  test('more than Discord takes - 25', async () => {
    const nightly = aCommandedStage().workloads['nightly'];
    const workloads = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`job-${n}`, nightly]));
    const stage = aCommandedStage({ workloads: workloads as ReturnType<typeof aCommandedStage>['workloads'] });
    expect(await names(typing('stop', ''), stage)).toHaveLength(25);
  });

  test('somebody who may not - nothing', async () => {
    expect(await names(typing('stop', '', [READERS]))).toEqual([]);
  });
});

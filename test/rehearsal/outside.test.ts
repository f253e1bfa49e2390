import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CloudFormation } from '../../rehearsal/aws/cloudformation.ts';
import type { Ssm } from '../../rehearsal/aws/ssm.ts';
import { VirtualClock } from '../../rehearsal/clock.ts';
import type { PostedFile } from '../../rehearsal/outside/form.ts';
import { Outside, type Response } from '../../rehearsal/outside.ts';
import { Random } from '../../rehearsal/random.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { keepSecrets } from '../../rehearsal/secrets.ts';
import { World } from '../../rehearsal/world.ts';
import type { Channel } from '../../shared/stage/compiled.ts';
import { aNotify, aStage } from '../shared/builders.ts';
import { MONDAY } from './world.ts';

const channels: Record<string, Channel> = {
  chat: { kind: 'discord', webhook: 'ssm:/test/chat' },
  team: { kind: 'slack', webhook: 'ssm:/test/team' },
  office: { kind: 'teams', webhook: 'ssm:/test/office' },
  server: { kind: 'webhook', url: 'https://example.com/notices?to=me', secret: 'ssm:/test/key' },
};

/** Webhooks that are asked one after the other. */
class Webhooks {
  readonly clock = new VirtualClock(MONDAY);
  readonly world: World;
  readonly heartbeat: string;
  readonly #outside: Outside;
  readonly #addresses: Map<string, string>;

  constructor(faults: object[] = []) {
    const notify = aNotify({ channels, routes: [], heartbeat: { url: 'ssm:/test/heartbeat', everyMinutes: 10 } });
    this.world = new World(this.clock, new Random(1), parseScenario({ faults }), aStage({ notify }));
    const kept = keepSecrets(this.world, { parameters: new Map<string, string>() } as Ssm);
    this.#addresses = new Map([...kept.webhooks].map(([address, name]) => [name, address]));
    this.heartbeat = kept.heartbeat ?? '';
    this.#outside = new Outside(this.world, new CloudFormation(this.world, process.cwd()), kept);
  }

  async ask(method: string, url: string, body: unknown = null, files: PostedFile[] = []): Promise<Response> {
    let response: Response | undefined;
    void this.#outside.answer({ method, url, body, files }).then((answered) => {
      response = answered;
    });
    const end = this.clock.now + 1000;
    this.clock.at(end, () => undefined);
    await this.clock.runUntil(end, () => response !== undefined);
    return response ?? { status: 0, data: 'no answer' };
  }

  to(channel: string, body: unknown, rest = '', method = 'post', files: PostedFile[] = []): Promise<Response> {
    return this.ask(method, `${this.#addresses.get(channel)}${rest}`, body, files);
  }

  async id(): Promise<string> {
    return JSON.parse((await this.to('chat', { content: 'first' }, '?wait=true')).data).id;
  }

  shown(): [string, string, unknown][] {
    return this.world.journal.of('delivered').map(({ channel, how, body }) => [channel, how, body]);
  }
}

let web: Webhooks;
beforeEach(() => {
  web = new Webhooks();
});
afterEach(() => web.clock.uninstall());
const withFaults = (...faults: object[]) => {
  web.clock.uninstall();
  web = new Webhooks(faults);
};

describe('Discord', () => {
  test('posted - 204; with wait=true the message, with an id of its own', async () => {
    expect(await web.to('chat', { content: 'a' })).toMatchObject({ status: 204, data: '' });
    const waited = await web.to('chat', { content: 'b' }, '?wait=true');
    expect([waited.status, JSON.parse(waited.data)]).toMatchObject([200, { id: expect.stringMatching(/^\d{19}$/) }]);
    expect(await web.id()).not.toBe(JSON.parse(waited.data).id);
    expect(web.shown().slice(0, 2)).toEqual([
      ['chat', 'posted', { content: 'a' }],
      ['chat', 'posted', { content: 'b' }],
    ]);
  });

  test('edited - what people see is the edit, of the same message', async () => {
    const id = await web.id();
    const edited = await web.to('chat', { content: 'second' }, `/messages/${id}`, 'patch');
    expect(edited.status).toBe(200);
    expect(web.world.journal.of('delivered').at(-1)).toMatchObject({ id, how: 'edited', body: { content: 'second' } });
    expect(JSON.parse((await web.to('chat', null, `/messages/${id}`, 'get')).data).content).toBe('second');
  });

  test('edited into nothing - refused, and it stays', async () => {
    const id = await web.id();
    expect((await web.to('chat', { content: '' }, `/messages/${id}`, 'patch')).status).toBe(400);
    expect(JSON.parse((await web.to('chat', null, `/messages/${id}`, 'get')).data).content).toBe('first');
  });

  test('no such message - 10008; no such webhook - 10015: the one is posted anew, the other is not', async () => {
    const message = await web.to('chat', { content: 'x' }, '/messages/1', 'patch');
    expect([message.status, JSON.parse(message.data).code]).toEqual([404, 10008]);
    const webhook = await web.ask('patch', 'https://discord.example/api/webhooks/other/messages/1', { content: 'x' });
    expect([webhook.status, JSON.parse(webhook.data).code]).toEqual([404, 10015]);
  });

  test('somebody deletes what was posted - an edit of it finds nothing', async () => {
    // Ten minutes from now, in Seoul.
    withFaults({ posts: 'deleted', at: '2026-11-02T09:10', channel: 'chat' });
    const id = await web.id();
    expect((await web.to('chat', { content: 'x' }, `/messages/${id}`, 'patch')).status).toBe(200);
    await web.clock.runUntil(MONDAY + 11 * 60_000);
    expect(JSON.parse((await web.to('chat', { content: 'x' }, `/messages/${id}`, 'patch')).data).code).toBe(10008);
  });

  test('the webhook is deleted - 10015 for posts and edits', async () => {
    withFaults({ webhook: 404 });
    for (const [rest, method] of [
      ['', 'post'],
      ['/messages/1', 'patch'],
    ] as const)
      expect(JSON.parse((await web.to('chat', { content: 'x' }, rest, method)).data).code).toBe(10015);
    expect(web.shown()).toEqual([]);
    expect(web.world.journal.of('refused')).toMatchObject([
      { channel: 'chat', status: 404 },
      { channel: 'chat', status: 404 },
    ]);
  });

  describe('a file', () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
    const file = { field: 'files[0]', name: 'a.png', type: 'image/png', data: png };
    const shows = (url = 'attachment://a.png', filename = 'a.png') => ({
      ...{ embeds: [{ title: 't', image: { url } }], attachments: [{ id: 0, filename }] },
    });
    const withFile = async (body: object, rest = '', method = 'post', one: object = {}) =>
      (await web.to('chat', body, rest, method, [{ ...file, ...one }])).status;

    test('that an embed shows - taken; edited without files, it stays', async () => {
      const answered = await web.to('chat', shows(), '?wait=true', 'post', [file]);
      expect(answered.status).toBe(200);
      const rest = `/messages/${JSON.parse(answered.data).id}`;
      expect((await web.to('chat', { embeds: shows().embeds }, rest, 'patch')).status).toBe(200);
      expect(await withFile(shows(), rest, 'patch')).toBe(200);
    });

    test('that an embed does not find, that is not sent, or is no picture - refused', async () => {
      expect(await withFile(shows('attachment://b.png'))).toBe(400);
      expect(await withFile(shows(undefined, 'b.png'))).toBe(400);
      expect((await web.to('chat', shows())).status).toBe(400);
      expect(await withFile(shows(), '', 'post', { data: Buffer.from('GIF89a') })).toBe(400);
      expect(await withFile(shows(), '', 'post', { data: Buffer.concat([png, Buffer.alloc(11e6)]) })).toBe(400);
    });
  });

  const embed = (one: object) => ({ embeds: [one] });
  const fields = (count: number) => Array.from({ length: count }, () => ({ name: 'n', value: 'v' }));
  test.each([
    ['nothing', {}, {}, 'x'],
    ['content', { content: 'x'.repeat(2001) }, { content: 'x'.repeat(2000) }],
    ['embeds', { embeds: Array(11).fill({ title: 'x' }) }, { embeds: Array(10).fill({ title: 'x' }) }],
    ['a title', embed({ title: 'x'.repeat(257) }), embed({ title: 'x'.repeat(256) })],
    ['a description', embed({ description: 'x'.repeat(4097) }), embed({ description: 'x'.repeat(4096) })],
    ['a footer', embed({ footer: { text: 'x'.repeat(2049) } }), embed({ footer: { text: 'x'.repeat(2048) } })],
    ['fields', embed({ fields: fields(26) }), embed({ fields: fields(25) })],
    [
      'all embeds together',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2000) }] },
    ],
    ['an empty embed', embed({ color: 1 }), embed({ title: 'x' })],
  ])('%s - too much is refused, the most is taken', async (_, tooMuch, most, only = '') => {
    expect((await web.to('chat', tooMuch)).status).toBe(400);
    if (!only) expect((await web.to('chat', most)).status).toBe(204);
    expect(web.shown()).toHaveLength(only ? 0 : 1);
  });

  test('31 within a minute, edits among them - 429 with the time to wait, after which it is taken', async () => {
    const id = await web.id();
    for (let count = 1; count < 30; count++) {
      const [rest, method] = count % 2 ? [`/messages/${id}`, 'patch'] : ['', 'post'];
      expect((await web.to('chat', { content: `${count}` }, rest, method)).status).toBeLessThan(300);
    }
    const refused = await web.to('chat', { content: 'one too many' });
    const { retry_after: seconds, global: isGlobal } = JSON.parse(refused.data);
    expect([refused.status, isGlobal, refused.headers]).toEqual([
      429,
      false,
      { 'retry-after': String(Math.ceil(seconds)) },
    ]);
    expect(seconds).toBeGreaterThan(40);
    const again = web.clock.now + seconds * 1000;
    web.clock.at(again, () => undefined);
    await web.clock.runUntil(again);
    expect((await web.to('chat', { content: 'later' })).status).toBe(204);
    expect(web.shown()).toHaveLength(31);
  });
});

describe('Slack', () => {
  const section = (length: number) => ({ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(length) } });
  test.each([
    ['a section of 3,000', 200, 'ok', { blocks: [section(3000)] }],
    ['a section of 3,001', 400, 'invalid_blocks', { blocks: [section(3001)] }],
    ['an empty section', 400, 'invalid_blocks', { blocks: [section(0)] }],
    ['50 blocks', 200, 'ok', { blocks: Array(50).fill(section(1)) }],
    ['51 blocks', 400, 'invalid_blocks', { blocks: Array(51).fill(section(1)) }],
    ['a header of 151', 400, 'invalid_blocks', { blocks: [{ type: 'header', text: { text: 'x'.repeat(151) } }] }],
    ['nothing', 400, 'no_text', {}],
  ])('%s - %d %s', async (_, status, data, body) => {
    expect(await web.to('team', body)).toMatchObject({ status, data });
    expect(web.shown()).toHaveLength(status === 200 ? 1 : 0);
  });

  test('61 within a minute - 429 with the time to wait; a burst of sixty is taken', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 61; count++) statuses.push((await web.to('team', { text: `${count}` })).status);
    expect(statuses).toEqual([...Array(60).fill(200), 429]);
    expect((await web.to('team', { text: 'x' })).headers?.['retry-after']).toMatch(/^[45]\d$/);
  });

  test('edited - nothing of Slack can be', async () => {
    expect((await web.to('team', { text: 'x' }, '/messages/1', 'patch')).status).toBe(404);
  });
});

test('Teams - 202; over 28 kB 413', async () => {
  expect((await web.to('office', { text: 'x'.repeat(20_000) })).status).toBe(202);
  expect((await web.to('office', { text: '한'.repeat(20_000) })).status).toBe(413);
  expect(web.shown()).toHaveLength(1);
});

test('an address with a query of its own - is one channel’s', async () => {
  expect((await web.to('server', { title: 'x' })).status).toBe(204);
  expect(web.shown()).toEqual([['server', 'posted', { title: 'x' }]]);
});

describe('the heartbeat', () => {
  test.each(['get', 'post'])('%s - heard', async (method) => {
    expect((await web.ask(method, web.heartbeat)).status).toBe(200);
    expect(web.world.journal.of('heartbeat')).toHaveLength(1);
  });

  test('its watcher is down - not heard, and the channels are', async () => {
    withFaults({ webhook: 503, channel: 'heartbeat' });
    expect((await web.ask('post', web.heartbeat)).status).toBe(503);
    expect((await web.to('chat', { content: 'x' })).status).toBe(204);
    expect(web.world.journal.of('heartbeat')).toEqual([]);
  });
});

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { fold } from '../../functions/route-notices/fold.ts';
import { carried } from '../../rehearsal/outside/form.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import type { Channel } from '../../shared/stage/compiled.ts';
import { aNotice, aNotify, aStage } from '../shared/builders.ts';
import { answer, bodyOf, bytesOf, listen, pretendAws } from '../shared/http.ts';
import { startDatabase } from '../shared/state/database.ts';
import { selfSigned } from './self-signed.ts';

// The handlers that are deployed, with everything real but the other ends of their connections: what every channel does
// alike, whoever it posts to.

const KINDS = ['discord', 'slack', 'teams', 'webhook'] as const;
const TOKEN = 'aBcD3FgH1jKlMnOpQrStUvWxYz';
const KEY = 'kEyOfTh3S1gnature';

/** How the stand-in answers, one after the other; the last one for good. */
let answers: RequestListener[] = [];
const posted: { body: string; raw: Buffer; headers: IncomingHttpHeaders; at: number }[] = [];

const database = await startDatabase();
const service = await listen(async (request, response) => {
  const raw = await bytesOf(request);
  posted.push({ body: raw.toString(), raw, headers: request.headers, at: Date.now() });
  const next = answers.length > 1 ? answers.shift() : answers[0];
  next?.(request, response);
});
const gone = await listen(() => undefined);
await gone.close();
const encrypted = createServer(selfSigned(), (_, response) => response.writeHead(204).end()).listen(0, '127.0.0.1');
encrypted.on('tlsClientError', () => undefined);
await once(encrypted, 'listening');

/** The values of the secrets, by the last word of their names. */
const SECRETS: Record<string, string> = {
  here: `${service.url}/${TOKEN}`,
  gone: `${gone.url}/${TOKEN}`,
  encrypted: `https://127.0.0.1:${(encrypted.address() as AddressInfo).port}/${TOKEN}`,
  key: KEY,
};
const systemsManager = await listen(async (request, response) => {
  const { Name } = JSON.parse(await bodyOf(request)) as { Name: string };
  answer(response, 200, JSON.stringify({ Parameter: { Name, Value: SECRETS[Name.split('/').at(-1) ?? ''] } }));
});
pretendAws({ SSM: systemsManager.url });
const folder = mkdtempSync(join(tmpdir(), 'lamplighter-channels-'));
process.env['STAGE_FILE'] = join(folder, 'stage.json');
writeFileSync(
  process.env['STAGE_FILE'],
  JSON.stringify(aStage({ notify: aNotify({ channels: everyChannel(), routes: [] }) })),
);
const { table, tableName } = await import('../../shared/state/table.ts');
const { changeThread } = await import('../../shared/state/threads.ts');

afterAll(async () => {
  table.destroy();
  encrypted.closeAllConnections();
  encrypted.close();
  for (const { close } of [service, systemsManager]) await close();
  await database.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  posted.length = 0;
  await aMinutePasses();
  for (const level of ['log', 'info', 'warn', 'error'] as const)
    jest.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Every channel may be told its number of messages of a minute again. */
async function aMinutePasses(): Promise<void> {
  for (const channel of Object.keys(everyChannel()))
    await table.send(new DeleteCommand({ TableName: tableName(), Key: { pk: `channel#${channel}`, sk: 'turns' } }));
}

function everyChannel(): Record<string, Channel> {
  return Object.fromEntries(
    KINDS.flatMap((kind) =>
      ['here', 'gone', 'encrypted'].map((place): [string, Channel] => [
        `${kind}-${place}`,
        kind === 'webhook'
          ? { kind, url: `ssm:/test/${place}`, secret: 'ssm:/test/key' }
          : { kind, webhook: `ssm:/test/${place}` },
      ]),
    ),
  );
}

/** As each service refuses: what it says repeats the address, the worst that it can do. */
const status =
  (code: number, headers: Record<string, string> = {}, body: object = {}): RequestListener =>
  (_, response) => {
    const text = code === 204 ? undefined : JSON.stringify({ message: `about ${service.url}/${TOKEN}`, ...body });
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(text);
  };

const logged = () =>
  (['log', 'info', 'warn', 'error'] as const).flatMap((level) => jest.mocked(console[level]).mock.calls).join('\n');

function expectNoSecret(): void {
  expect(logged()).not.toContain(TOKEN);
  expect(logged()).not.toContain(KEY);
  expect(logged()).not.toContain('127.0.0.1');
}

/** A thread of one notice. @returns the signal that a channel should look at it */
async function signalOf(notice: Notice): Promise<string> {
  const { workload } = notice;
  const thread = `notice ${notice.id}`;
  await changeThread(workload, thread, (known) => fold(known, notice, Date.now(), 3_600_000));
  return JSON.stringify({ workload, thread });
}

describe.each(KINDS)('the deployed function of %s', (kind) => {
  async function deliver(ids: string | string[], place = 'here'): Promise<string[]> {
    const { handler } = (await import(`../../functions/notify-${kind}/handler.ts`)) as {
      handler: (event: unknown, context: Context) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
    };
    const eventSourceARN = `arn:aws:sqs:ap-northeast-2:123456789012:lamplighter-dev-${kind}-${place}`;
    const Records = [];
    for (const id of [ids].flat())
      Records.push({ messageId: id, body: await signalOf(aNotice({ id: `${kind} ${id}` })), eventSourceARN });
    const { batchItemFailures } = await handler({ Records }, {} as Context);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  test.each([200, 202, 204])('it takes it with %d - gone from the queue', async (code) => {
    answers = [status(code)];
    expect(await deliver(`taken ${code}`)).toEqual([]);
    expect(posted).toHaveLength(1);
    expect(posted[0]?.headers['content-type']).toContain('application/json');
    expect(() => JSON.parse(posted[0]?.body ?? '')).not.toThrow();
    expect(logged()).toBe('');
  });

  test('a message that is delivered again, in another batch and in the same - said once', async () => {
    answers = [status(204)];
    expect(await deliver(['twice', 'twice'])).toEqual([]);
    expect(await deliver('twice')).toEqual([]);
    expect(posted).toHaveLength(1);
  });

  test.each([
    ['in the body', {}, { retry_after: 0.4 }],
    ['in the header', { 'retry-after': '1' }, {}],
    ['in both', { 'retry-after': '1' }, { retry_after: 0.4, global: false }],
  ])('429 with a short wait %s - waited for, then said', async (where, headers, body) => {
    answers = [status(429, headers, body), status(204)];
    expect(await deliver(`short ${where}`)).toEqual([]);
    expect(posted).toHaveLength(2);
    const waited = (posted[1]?.at ?? 0) - (posted[0]?.at ?? 0);
    expect(waited).toBeGreaterThanOrEqual('retry-after' in headers ? 990 : 390);
    expect(logged()).toBe('');
  });

  test.each<[string, RequestListener, string]>([
    ['429 with a long wait', status(429, { 'retry-after': '60' }), 'answered 429: wait 60 s'],
    ['429 with a long wait in the body', status(429, {}, { retry_after: 64.57 }), 'answered 429: wait 64.57 s'],
    ['429 that does not say how long', status(429), 'answered 429'],
    ['429 with a date', status(429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }), 'answered 429'],
    ['400', status(400), 'answered 400'],
    ['500', status(500), 'answered 500'],
    ['a redirection', status(302, { location: `${service.url}/elsewhere` }), 'answered 302'],
    ['a closed connection', (request) => request.socket.destroy(), 'did not answer: ECONNRESET'],
    ['nothing, ever', () => undefined, 'did not answer: ECONNABORTED'],
  ])('%s - posted once, stays in the queue, is said when it comes back', async (what, listener, message) => {
    answers = [listener];
    expect(await deliver(what)).toEqual([what]);
    expect(posted).toHaveLength(1);
    expect(logged()).toContain(message);
    expect(logged()).toContain('"error":"ChannelUnavailable"');
    expect(logged()).toContain(`"channel":"${kind}-here"`);
    expectNoSecret();
    answers = [status(204)];
    expect(await deliver(what)).toEqual([]);
    expect(posted).toHaveLength(2);
  });

  test('500 for an hour - posted once when it is over', async () => {
    answers = [status(500)];
    // Every 90 seconds, as the queue's visibility timeout has it.
    for (let attempt = 0; attempt < 40; attempt++) {
      expect(await deliver('an hour')).toEqual(['an hour']);
      await aMinutePasses();
    }
    answers = [status(204)];
    expect(await deliver('an hour')).toEqual([]);
    expect(await deliver('an hour')).toEqual([]);
    expect(posted).toHaveLength(41);
  });

  test('429 again after the wait - stays in the queue', async () => {
    answers = [status(429, {}, { retry_after: 0.1 })];
    expect(await deliver('again')).toEqual(['again']);
    expect(posted).toHaveLength(2);
  });

  test.each([404, 410])(
    '%d: the webhook was deleted - stays in the queue, and the log says so by name',
    async (code) => {
      answers = [status(code)];
      expect(await deliver(`deleted ${code}`)).toEqual([`deleted ${code}`]);
      expect(logged()).toContain('"error":"WebhookDeleted"');
      expect(logged()).toContain(`"channel":"${kind}-here"`);
      expectNoSecret();
    },
  );

  test('nobody listens - stays in the queue', async () => {
    expect(await deliver('refused', 'gone')).toEqual(['refused']);
    expect(logged()).toContain('did not answer: ECONNREFUSED');
    expectNoSecret();
  });

  test('a certificate that nobody vouches for - stays in the queue', async () => {
    expect(await deliver('encrypted', 'encrypted')).toEqual(['encrypted']);
    expect(logged()).toContain('did not answer: DEPTH_ZERO_SELF_SIGNED_CERT');
    expectNoSecret();
  });

  test('one of three is refused - it alone stays', async () => {
    answers = [status(204), status(500), status(204)];
    expect(await deliver(['one', 'two', 'three'])).toEqual(['two']);
    expect(posted).toHaveLength(3);
  });

  test('it hangs with ten messages waiting - the function ends in time, and all of them stay', async () => {
    answers = [() => undefined];
    const begun = Date.now();
    const ids = Array.from({ length: 10 }, (_, index) => `hangs ${index}`);
    expect(await deliver(ids)).toEqual(ids);
    expect(Date.now() - begun).toBeLessThan(29_000);
  });

  test('a queue of a channel of another kind - stays in the queue, nothing is posted', async () => {
    const { handler } = await import(`../../functions/notify-${kind}/handler.ts`);
    const other = KINDS.find((candidate) => candidate !== kind);
    const eventSourceARN = `arn:aws:sqs:ap-northeast-2:123456789012:lamplighter-dev-${other}-here`;
    const Records = [{ messageId: '1', body: await signalOf(aNotice()), eventSourceARN }];
    expect(await handler({ Records }, {})).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(posted).toEqual([]);
  });
});

test('a post to a webhook - carries a signature over exactly what was sent, and the time', async () => {
  answers = [status(204)];
  const { handler } = await import('../../functions/notify-webhook/handler.ts');
  const eventSourceARN = 'arn:aws:sqs:ap-northeast-2:123456789012:lamplighter-dev-webhook-here';
  const notice = aNotice({ id: 'signed', title: '밤 작업 🔥', lines: [] });
  await handler({ Records: [{ messageId: '1', body: await signalOf(notice), eventSourceARN }] }, {} as Context);
  const [{ body = '', headers = {} } = {}] = posted;
  const [, t = '', v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-lamplighter-signature'])) ?? [];
  expect(createHmac('sha256', KEY).update(`${t}.${body}`).digest('hex')).toBe(v1);
  expect(Math.abs(Date.now() / 1000 - Number(t))).toBeLessThan(5);
  expect(JSON.parse(body)).toMatchObject({ version: 1, ...notice });
});

test('a digest - Discord gets its picture with it, the others get it without one', async () => {
  answers = [status(204)];
  const picture = { month: '2026-11', days: [{ day: '2026-11-02', workloads: { nightly: { hours: 2, usd: 0.1 } } }] };
  for (const kind of KINDS) {
    const { handler } = (await import(`../../functions/notify-${kind}/handler.ts`)) as {
      handler: (event: unknown, context: Context) => Promise<unknown>;
    };
    const eventSourceARN = `arn:aws:sqs:ap-northeast-2:123456789012:lamplighter-dev-${kind}-here`;
    const body = await signalOf(aNotice({ id: `digest ${kind}`, picture }));
    await handler({ Records: [{ messageId: kind, body, eventSourceARN }] }, {} as Context);
  }
  const [discord, ...others] = posted;
  const { body, files } = carried(discord?.raw ?? '', String(discord?.headers['content-type']));
  expect(body).toMatchObject({
    embeds: [{ title: 'nightly failed', image: { url: 'attachment://month.png' } }],
    attachments: [{ id: 0, filename: 'month.png', description: 'Hours on and spending in 2026-11' }],
  });
  expect(files.map(({ field, name, type }) => [field, name, type])).toEqual([['files[0]', 'month.png', 'image/png']]);
  expect(files[0]?.data.subarray(1, 4).toString()).toBe('PNG');
  for (const other of others) expect(other.headers['content-type']).toContain('application/json');
  expect(logged()).toBe('');
});

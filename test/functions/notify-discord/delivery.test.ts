import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { aNotice, aStage } from '../../shared/builders.ts';
import { answer, bodyOf, listen, pretendAws } from '../../shared/http.ts';
import { startDatabase } from '../../shared/state/database.ts';

/** The handler that is deployed, with everything real but the other ends of its connections. */
const TOKEN = 'aBcD3FgH1jKlMnOpQrStUvWxYz';

/** How Discord answers next. */
let answers: RequestListener = () => undefined;
const posted: unknown[] = [];

const database = await startDatabase();
const discord = await listen(async (request, response) => {
  posted.push(JSON.parse(await bodyOf(request)));
  answers(request, response);
});
const webhook = `${discord.url}/api/webhooks/1/${TOKEN}`;
const systemsManager = await listen((_, response) =>
  answer(response, 200, JSON.stringify({ Parameter: { Name: '/lamplighter/dev/chat', Value: webhook } })),
);
pretendAws({ SSM: systemsManager.url });
const folder = mkdtempSync(join(tmpdir(), 'lamplighter-notify-'));
process.env['STAGE_FILE'] = join(folder, 'stage.json');
writeFileSync(process.env['STAGE_FILE'], JSON.stringify(aStage()));
const { handler } = await import('../../../functions/notify-discord/handler.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  for (const { close } of [discord, systemsManager]) await close();
  await database.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  posted.length = 0;
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, headers).end(code === 204 ? undefined : JSON.stringify({ message: `about ${webhook}` }));

async function deliver(id: string): Promise<string[]> {
  const eventSourceARN = 'arn:aws:sqs:ap-northeast-2:123456789012:lamplighter-dev-chat';
  const event = { Records: [{ messageId: id, body: JSON.stringify(aNotice({ id })), eventSourceARN }] };
  const { batchItemFailures } = await handler(event, {} as Context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const logged = () => jest.mocked(console.error).mock.calls.join('\n');

describe('the deployed notifyDiscord', () => {
  test('Discord takes it - posted as rendered, gone from the queue, and not posted again', async () => {
    answers = status(204);
    expect(await deliver('fine')).toEqual([]);
    expect(await deliver('fine')).toEqual([]);
    expect(posted).toEqual([
      expect.objectContaining({
        allowed_mentions: { parse: [] },
        embeds: [expect.objectContaining({ title: 'nightly failed' })],
      }),
    ]);
  });

  test.each<[string, RequestListener, string]>([
    ['answers 429', status(429, { 'retry-after': '3' }), 'Discord answered 429'],
    ['answers 500', status(500), 'Discord answered 500'],
    ['answers 404: the webhook was deleted', status(404), 'Discord answered 404'],
    ['hangs up', (request) => request.socket.destroy(), 'Discord did not answer: ECONNRESET'],
    ['never answers', () => undefined, 'Discord did not answer: ECONNABORTED'],
  ])('Discord %s - the message stays in the queue, and the address is in no log', async (what, listener, message) => {
    answers = listener;
    expect(await deliver(what)).toEqual([what]);
    expect(logged()).toContain(message);
    expect(logged()).toContain('ChannelUnavailable');
    expect(logged()).not.toContain(TOKEN);
    expect(logged()).not.toContain(discord.url);
    answers = status(204);
    expect(await deliver(what)).toEqual([]);
    expect(posted).toHaveLength(2);
  });

  test('an event that is none of a queue - InvalidInput naming the path', async () => {
    await expect(handler({ Records: [{ messageId: 1 }] }, {} as Context)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('Records.0.body'),
    });
  });
});

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { fold } from '../../functions/route-notices/fold.ts';
import type { Channel } from '../../shared/stage/compiled.ts';
import { aNotice, aNotify, aStage } from '../shared/builders.ts';
import { bodyOf, listen, pretendAws } from '../shared/http.ts';
import { startDatabase } from '../shared/state/database.ts';
import { selfSigned } from './self-signed.ts';

// The same for the channels that AWS delivers: the deployed handler, the real SDK, and a stand-in for SNS on loopback.

const CHANNELS: Record<string, Channel> = {
  mail: { kind: 'email', to: ['ops@example.com'] },
  phone: { kind: 'sms', to: ['+821012345678'] },
};
const KINDS = Object.keys(CHANNELS);

let answers: RequestListener[] = [];
const published: URLSearchParams[] = [];
const database = await startDatabase();
const service = await listen(async (request, response) => {
  published.push(new URLSearchParams(await bodyOf(request)));
  const next = answers.length > 1 ? answers.shift() : answers[0];
  next?.(request, response);
});
const encrypted = createServer(selfSigned(), (_, response) => response.writeHead(200).end()).listen(0, '127.0.0.1');
encrypted.on('tlsClientError', () => undefined);
await once(encrypted, 'listening');

pretendAws({ SNS: service.url });
process.env['NOTICES_TOPIC'] = 'arn:aws:sns:ap-northeast-2:123456789012:lamplighter-dev-notices';
const folder = mkdtempSync(join(tmpdir(), 'lamplighter-sns-'));
process.env['STAGE_FILE'] = join(folder, 'stage.json');
writeFileSync(
  process.env['STAGE_FILE'],
  JSON.stringify(aStage({ notify: aNotify({ channels: CHANNELS, routes: [] }) })),
);
const { table, tableName } = await import('../../shared/state/table.ts');
const { changeThread } = await import('../../shared/state/threads.ts');

afterAll(async () => {
  table.destroy();
  encrypted.closeAllConnections();
  encrypted.close();
  await service.close();
  await database.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  published.length = 0;
  await aMinutePasses();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function aMinutePasses(): Promise<void> {
  for (const channel of KINDS)
    await table.send(new DeleteCommand({ TableName: tableName(), Key: { pk: `channel#${channel}`, sk: 'turns' } }));
}

const taken: RequestListener = (_, response) =>
  response
    .writeHead(200, { 'content-type': 'text/xml' })
    .end('<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>');
/** @source https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors, CommonErrors */
const refused =
  (status: number, code: string): RequestListener =>
  (_, response) =>
    response
      .writeHead(status, { 'content-type': 'text/xml' })
      .end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
      );

const logged = () => jest.mocked(console.error).mock.calls.join('\n');

async function deliverTo(channel: string, ids: string[]): Promise<string[]> {
  const { handler } = await import('../../functions/notify-sns/handler.ts');
  const eventSourceARN = `arn:aws:sqs:ap-northeast-2:123456789012:lamplighter-dev-${channel}`;
  const Records = [];
  for (const id of ids) {
    const notice = aNotice({ id: `${channel} ${id}` });
    const thread = `notice ${notice.id}`;
    await changeThread(notice.workload, thread, (known) => fold(known, notice, Date.now(), 3_600_000));
    Records.push({ messageId: id, body: JSON.stringify({ workload: notice.workload, thread }), eventSourceARN });
  }
  const { batchItemFailures } = await handler({ Records }, {} as Context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

// First of all: the SDK asks again only while not too much has failed.
test('a throttle that passes - asked again, then sent', async () => {
  answers = [refused(400, 'Throttling'), taken];
  expect(await deliverTo('mail', ['throttled'])).toEqual([]);
  expect(published).toHaveLength(2);
  expect(logged()).toBe('');
});

describe.each(KINDS)('the deployed function for the channel %s', (channel) => {
  const deliver = (...ids: string[]) => deliverTo(channel, ids);

  test('SNS takes it - gone from the queue, sent to the topic of the channel', async () => {
    answers = [taken];
    expect(await deliver('taken')).toEqual([]);
    expect(published).toHaveLength(1);
    expect(published[0]?.get('TopicArn')).toBe(`arn:aws:sns:ap-northeast-2:123456789012:lamplighter-dev-${channel}`);
    expect(published[0]?.get('Message')).toContain(aNotice().title);
    expect(published[0]?.has('Subject')).toBe(channel === 'mail');
    expect(logged()).toBe('');
  });

  test('a message that is delivered again - sent once', async () => {
    answers = [taken];
    expect(await deliver('twice', 'twice')).toEqual([]);
    expect(await deliver('twice')).toEqual([]);
    expect(published).toHaveLength(1);
  });

  test.each<[string, RequestListener, string]>([
    ['a throttle that lasts', refused(400, 'Throttling'), 'Throttling'],
    ['500', refused(500, 'InternalError'), 'InternalError'],
    ['the topic was deleted', refused(404, 'NotFound'), 'NotFound'],
    ['not allowed', refused(403, 'AuthorizationError'), 'AuthorizationError'],
    ['a closed connection', (request) => request.socket.destroy(), 'socket hang up'],
    ['nothing, ever', () => undefined, 'TimeoutError'],
  ])('%s - stays in the queue, is sent once when it comes back', async (what, listener, error) => {
    answers = [listener];
    expect(await deliver(what)).toEqual([what]);
    expect(logged()).toContain(error);
    expect(logged()).toContain(`"channel":"${channel}"`);
    const before = published.length;
    answers = [taken];
    expect(await deliver(what)).toEqual([]);
    expect(await deliver(what)).toEqual([]);
    expect(published).toHaveLength(before + 1);
  });

  test('500 for an hour - sent once when it is over', async () => {
    answers = [refused(500, 'InternalError')];
    for (let attempt = 0; attempt < 40; attempt++) {
      expect(await deliver('an hour')).toEqual(['an hour']);
      await aMinutePasses();
    }
    const before = published.length;
    answers = [taken];
    expect(await deliver('an hour')).toEqual([]);
    expect(published).toHaveLength(before + 1);
  });

  test('one of three is refused - it alone stays', async () => {
    answers = [taken, refused(403, 'AuthorizationError'), taken];
    expect(await deliver('one', 'two', 'three')).toEqual(['two']);
  });

  test('it hangs with ten messages waiting - the function ends in time, and all of them stay', async () => {
    answers = [() => undefined];
    const begun = Date.now();
    const ids = Array.from({ length: 10 }, (_, index) => `hangs ${index}`);
    expect(await deliver(...ids)).toEqual(ids);
    expect(Date.now() - begun).toBeLessThan(29_000);
  });

  test('a certificate that nobody vouches for - stays in the queue', async () => {
    const { SNSClient } = await import('@aws-sdk/client-sns');
    const { toTopic } = await import('../../functions/notify-sns/topic.ts');
    const endpoint = `https://127.0.0.1:${(encrypted.address() as AddressInfo).port}`;
    const distrusting = new SNSClient({ endpoint, maxAttempts: 1 });
    await expect(toTopic('arn:aws:sns:x:1:y', { text: 'secret' }, distrusting)).rejects.toThrow(/self-signed/);
    distrusting.destroy();
  });
});

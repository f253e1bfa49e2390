import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import type { Notice } from '../../../shared/notices/notice.ts';
import { aQueue, aStage } from '../../shared/builders.ts';
import { answer, bodyOf, listen, pretendAws } from '../../shared/http.ts';
import { startDatabase } from '../../shared/state/database.ts';

/** The handler that is deployed, against a real table and the protocols of everything else that it calls. */
let now = Date.parse('2026-11-02T00:00:00Z');
jest.spyOn(Date, 'now').mockImplementation(() => now);

const notices: Notice[] = [];
const asked: [string, Record<string, unknown>][] = [];
let read: object = { unreadable: 'refuses connections' };
const topic = await listen(async (request, response) => {
  const form = new URLSearchParams(await bodyOf(request));
  notices.push(JSON.parse(form.get('Message') ?? '{}'));
  const body = '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';
  answer(response, 200, body, 'text/xml');
});
const aws = await listen(async (request, response) => {
  const input = JSON.parse((await bodyOf(request)) || '{}') as Record<string, unknown>;
  const what = String(request.headers['x-amz-target'] ?? request.url).replace(/^.*[.]|^.*functions\//, '');
  asked.push([what, input]);
  const answers: Record<string, object> = {
    GetParameter: { Parameter: { Name: '/lamplighter/dev/redis', Value: 'sesame' } },
    DescribeServices: {
      services: [
        {
          serviceName: 'crawler-worker',
          status: 'ACTIVE',
          runningCount: 3,
          pendingCount: 0,
          desiredCount: 3,
          events: [],
        },
      ],
    },
    'private/invocations': { queues: { crawl: read } },
  };
  answer(response, 200, JSON.stringify(answers[what] ?? {}));
});
const database = await startDatabase();
pretendAws({ SNS: topic.url, SSM: aws.url, ECS: aws.url, LAMBDA: aws.url, APPLICATION_AUTO_SCALING: aws.url });
const folder = mkdtempSync(join(tmpdir(), 'lamplighter-tend-'));
Object.assign(process.env, {
  NOTICES_TOPIC: 'arn:aws:sns:ap-northeast-2:123456789012:notices',
  PUBLISH_PRIVATE_FUNCTION: 'private',
  STAGE_FILE: join(folder, 'stage.json'),
});
const redis = { host: '10.0.1.10', port: 6379, db: 0, tls: true, password: 'ssm:/lamplighter/dev/redis' };
const source = { kind: 'bullmq', name: 'crawl-jobs', prefix: 'bull', redis } as const;
writeFileSync(join(folder, 'stage.json'), JSON.stringify(aStage({ queues: { crawl: aQueue({ source }) } })));
const { handler } = await import('../../../functions/tend-queues/handler.ts');
const { getQueues } = await import('../../../shared/state/queues.ts');

const lines: string[] = [];
jest.spyOn(console, 'error').mockImplementation((line) => {
  lines.push(String(line));
});
jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
  lines.push(String(line));
  return true;
});

afterAll(async () => {
  jest.restoreAllMocks();
  for (const one of [topic, aws]) await one.close();
  await database.stop();
  rmSync(folder, { recursive: true });
});

async function pass(minutes: number): Promise<string[]> {
  const told: string[] = [];
  for (let count = 0; count < minutes; count++) {
    told.push(...(await handler({}, {} as Context)).told);
    now += 60_000;
  }
  return told;
}

test('unreadable, and then a burst - told, bounds registered, published, remembered, and no secret in the log', async () => {
  expect(await pass(3)).toEqual(['crawl unreadable open']);
  read = {
    reading: { at: now, waiting: 500, active: 12, delayed: 0, due: 0 },
    mark: { at: now, added: 900, inside: 512 },
  };
  expect(await pass(1)).toEqual(['crawl unreadable resolved']);
  expect(notices.map(({ cause, state }) => `${cause} ${state}`)).toEqual(['unreadable open', 'unreadable resolved']);
  expect(asked.filter(([what]) => what === 'RegisterScalableTarget').map(([, input]) => input)).toEqual([
    expect.objectContaining({ ResourceId: 'service/crawler-workers/crawler-worker', MinCapacity: 0, MaxCapacity: 50 }),
    expect.objectContaining({ MinCapacity: 32, MaxCapacity: 50 }),
  ]);
  expect(asked.findLast(([what]) => what === 'private/invocations')?.[1]).toMatchObject({
    queues: [{ name: 'crawl', source: { redis: { password: 'sesame' } } }],
  });
  const published = lines.filter((line) => line.startsWith('{"_aws"')).map((line) => JSON.parse(line));
  expect(published.at(-1)).toMatchObject({ Queue: 'crawl', Workers: 3, Wanted: expect.any(Number) });
  expect(published[0]).not.toHaveProperty('Wanted');
  const state = await getQueues();
  expect(state.queues['crawl']).toMatchObject({ reading: { waiting: 500 }, mark: { added: 900 }, troubles: {} });
  expect(JSON.stringify([state, lines, notices])).not.toContain('sesame');
});

test('a minute delivered again - judged once', async () => {
  now -= 60_000;
  expect(await handler({}, {} as Context)).toEqual({ at: expect.any(String), told: [] });
});

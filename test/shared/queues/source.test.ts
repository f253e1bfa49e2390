import { expect, test } from '@jest/globals';
import { resolvedSource, resolveSource } from '../../../shared/queues/source.ts';
import type { QueueSource } from '../../../shared/stage/compiled.ts';

const secret = async (reference: string) => `value of ${reference}`;
const redis = { host: 'redis.internal', port: 6379, db: 0, tls: true };

test.each<[QueueSource, object]>([
  [
    {
      kind: 'bullmq',
      name: 'q',
      prefix: 'bull',
      redis: { ...redis, username: 'me', password: 'ssm:/p', ca: 'ssm:/ca' },
    },
    { redis: { ...redis, username: 'me', password: 'value of ssm:/p', ca: 'value of ssm:/ca' } },
  ],
  [{ kind: 'bull', name: 'q', prefix: 'bull', redis }, { redis }],
  [{ kind: 'sqs', url: 'https://sqs/q', deadLetters: 'https://sqs/d' }, { deadLetters: 'https://sqs/d' }],
  [{ kind: 'http', url: 'https://x' }, { url: 'https://x' }],
  [
    { kind: 'http', url: 'https://x', header: { name: 'Authorization', value: 'ssm:/token' } },
    { header: { name: 'Authorization', value: 'value of ssm:/token' } },
  ],
])('%j - has values where it had references, and fits the contract', async (source, expected) => {
  const resolved = await resolveSource(source, secret);
  expect(resolved).toEqual({ ...source, ...expected });
  expect(resolvedSource.parse(resolved)).toEqual(resolved);
});

test('a secret that cannot be read - is not swallowed', async () => {
  const source: QueueSource = { kind: 'http', url: 'https://x', header: { name: 'X', value: 'ssm:/gone' } };
  await expect(resolveSource(source, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
});

import { expect, test } from '@jest/globals';
import { topReasons } from '../../../shared/queues/reasons.ts';

test('reasons that differ in numbers - are one, told by its first example, the most frequent first', () => {
  expect(topReasons(['no page', 'timeout of 30000 ms, job 17', 'timeout of 5000 ms, job 18'])).toEqual([
    { reason: 'timeout of 30000 ms, job 17', times: 2 },
    { reason: 'no page', times: 1 },
  ]);
});

test('more than five - the five most frequent', () => {
  const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'f'];
  expect(topReasons(texts)?.map(({ reason }) => reason)).toEqual(['f', 'a', 'b', 'c', 'd']);
});

test('a stack of 3000 characters - one line of at most 200', () => {
  const [{ reason } = { reason: '' }] = topReasons([`Error: no page\n    at ${'x'.repeat(3000)}`]) ?? [];
  expect(reason).toMatch(/^Error: no page at x+…$/);
  expect(reason).toHaveLength(200);
});

test.each([
  ['connect redis://me:secret@db:6379/1 failed', 'connect redis://…@db:6379/1 failed'],
  ['GET https://api.example.com/a?token=secret gives 403', 'GET https://api.example.com/a?… gives 403'],
])('%s - without the secret', (text, reason) => {
  expect(topReasons([text])?.[0]?.reason).toBe(reason);
});

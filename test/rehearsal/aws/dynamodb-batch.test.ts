import { describe, expect, test } from '@jest/globals';
import { batchGet, batchMarshalled, batchUnmarshalled } from '../../../rehearsal/aws/dynamodb-batch.ts';

const key = (sk: number) => ({ pk: { S: 'workload#nightly' }, sk: { S: `step#${sk}` } });

function get(known: number[]) {
  const asked: unknown[] = [];
  const answer = async (input: Record<string, unknown>): Promise<Record<string, unknown>> => {
    asked.push(input);
    const { Key } = input as { Key: ReturnType<typeof key> };
    return known.some((one) => key(one).sk.S === Key.sk.S) ? { Item: Key } : {};
  };
  return { asked, answer };
}

describe('batchGet', () => {
  test('some of the items are there - those, read as consistently as is asked', async () => {
    const { asked, answer } = get([1, 3]);
    const RequestItems = { state: { Keys: [key(3), key(2), key(1)], ConsistentRead: true } };
    expect(await batchGet({ RequestItems }, answer)).toEqual({
      ...{ Responses: { state: [key(3), key(1)] }, UnprocessedKeys: {} },
    });
    expect(asked).toContainEqual({ TableName: 'state', Key: key(2), ConsistentRead: true });
  });

  test.each([
    ['a key twice', [key(1), key(1)], /duplicates/],
    ['more than 100', Array.from({ length: 101 }, (_, index) => key(index)), /Too many/],
  ])('%s - refused as AWS does', async (_, Keys, message) => {
    const refused = batchGet({ RequestItems: { state: { Keys } } }, get([1]).answer);
    await expect(refused).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });

  test('plain values - there and back', () => {
    const RequestItems = { state: { Keys: [{ pk: 'a', sk: 'b' }], ConsistentRead: true } };
    expect(batchMarshalled({ RequestItems })).toEqual({
      RequestItems: { state: { Keys: [{ pk: { S: 'a' }, sk: { S: 'b' } }], ConsistentRead: true } },
    });
    const Responses = { state: [{ pk: { S: 'a' }, tries: { N: '3' } }] };
    expect(batchUnmarshalled({ Responses })).toEqual({ Responses: { state: [{ pk: 'a', tries: 3 }] } });
  });
});

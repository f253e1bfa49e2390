import { expect, test } from '@jest/globals';
import { packed, unpacked } from '../../../rehearsal/aws/dynamodb-packed.ts';

const ITEM = {
  pk: { S: 'a' },
  at: { N: '1' },
  list: { L: [{ S: 'b' }] },
  map: { M: { of: { M: { maps: { NULL: true } } } } },
};

test('maps and lists are packed, what conditions may name is not - and come back wherever an answer has them', () => {
  const kept = packed(ITEM) as typeof ITEM;
  expect(kept).toEqual({ ...ITEM, list: { S: expect.any(String) }, map: { S: expect.any(String) } });
  const output = { Item: kept, Attributes: kept, Items: [kept], Count: 1 };
  expect(unpacked(output)).toEqual({ Item: ITEM, Attributes: ITEM, Items: [ITEM], Count: 1 });
});

test('nothing was found - nothing is made of it', () => {
  expect(unpacked({ Items: [] })).toEqual({ Items: [] });
  expect(unpacked({})).toEqual({});
});

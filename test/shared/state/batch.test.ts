import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from '@jest/globals';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { itemsOf } = await import('../../../shared/state/batch.ts');
const { table, tableName } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

test('more keys than AWS takes at once - every item that there is, and no other', async () => {
  const keys = Array.from({ length: 230 }, (_, index) => ({ pk: 'many', sk: String(index) }));
  for (const key of keys.slice(0, 205))
    await table.send(new PutCommand({ TableName: tableName(), Item: { ...key, twice: 2 * Number(key.sk) } }));

  const found = await itemsOf<{ twice: number }>(keys);

  expect(found).toHaveLength(205);
  expect(found.every(({ sk, twice }) => twice === 2 * Number(sk))).toBe(true);
});

test('no keys - nothing is asked', async () => {
  expect(await itemsOf([])).toEqual([]);
});

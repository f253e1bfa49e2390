import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { table, tableName } from './table.ts';

/** The key of an item. */
export interface Key {
  pk: string;
  sk: string;
}

/**
 * So many items are asked for at once.
 *
 * @source DynamoDB API reference, BatchGetItem
 */
export const AT_ONCE = 100;

/** Those of some items that there are, in no order: one question for each hundred of them. */
export async function itemsOf<T>(keys: readonly Key[]): Promise<(T & Key)[]> {
  const found: (T & Key)[] = [];
  for (let left = [...keys]; left.length > 0; ) {
    const { Responses = {}, UnprocessedKeys = {} } = await table.send(
      new BatchGetCommand({
        RequestItems: { [tableName()]: { Keys: left.slice(0, AT_ONCE), ConsistentRead: true } },
      }),
    );
    found.push(...((Responses[tableName()] ?? []) as (T & Key)[]));
    const again = (UnprocessedKeys[tableName()]?.Keys ?? []) as Key[];
    left = [...again, ...left.slice(AT_ONCE)];
  }
  return found;
}

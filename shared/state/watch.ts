import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { table, tableName } from './table.ts';

const KEY = { pk: 'stage', sk: 'watch' };

/** Up to which instant (milliseconds since the epoch) it is known that everything that should have started did. */
export async function watchedUntil(): Promise<number | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: KEY }));
  return (Item as { until?: number } | undefined)?.until;
}

export async function setWatchedUntil(until: number): Promise<void> {
  await table.send(new PutCommand({ TableName: tableName(), Item: { ...KEY, until } }));
}

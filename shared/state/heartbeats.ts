import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { allOf } from './query.ts';
import { table, tableName } from './table.ts';

const KEY = 'heartbeats';

/** Remembers that a server was heard of. */
export async function putHeartbeat(service: string, at: number): Promise<void> {
  await table.send(
    new UpdateCommand({
      TableName: tableName(),
      Key: { pk: KEY, sk: service },
      UpdateExpression: 'SET heardAt = :at',
      ExpressionAttributeValues: { ':at': at },
    }),
  );
}

/** Service → when it was heard of last, in milliseconds since the epoch. */
export async function heartbeats(): Promise<Map<string, number>> {
  const heard = await allOf<{ sk: string; heardAt: number }>({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': KEY },
    ConsistentRead: true,
  });
  return new Map(heard.map(({ sk, heardAt }) => [sk, heardAt]));
}

import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
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
  const heard = new Map<string, number>();
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.send(
      new QueryCommand({
        TableName: tableName(),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': KEY },
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const { sk, heardAt } of Items) heard.set(String(sk), Number(heardAt));
    start = LastEvaluatedKey;
  } while (start);
  return heard;
}

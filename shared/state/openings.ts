import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { table, tableName } from './table.ts';

const MINUTE_MS = 60_000;
const KEEP_SECONDS = 3600;

/** Counts that an incident begins. @returns how many did in this minute or the one before, whichever are more */
export async function countOpening(now: number): Promise<number> {
  const minute = Math.floor(now / MINUTE_MS);
  const key = (of: number) => ({ pk: 'openings', sk: `minute#${of}` });
  const { Attributes } = await table.send(
    new UpdateCommand({
      TableName: tableName(),
      Key: key(minute),
      UpdateExpression: 'SET expiresAt = :expiry ADD openings :one',
      ExpressionAttributeValues: { ':expiry': Math.floor(now / 1000) + KEEP_SECONDS, ':one': 1 },
      ReturnValues: 'ALL_NEW',
    }),
  );
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: key(minute - 1) }));
  return Math.max(Number(Attributes?.['openings'] ?? 0), Number(Item?.['openings'] ?? 0));
}

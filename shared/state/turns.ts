import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ChannelUnavailable } from '../errors.ts';
import { conditionFailed, table, tableName } from './table.ts';

const MINUTE_MS = 60_000;
const KEEP_SECONDS = 3600;
const ATTEMPTS = 5;

/**
 * Takes one of the turns that a channel has within any minute.
 *
 * @param limit how many those are
 * @throws ChannelUnavailable when they are taken
 */
export async function takeTurn(channel: string, limit: number, now: number = Date.now()): Promise<void> {
  const key = { pk: `channel#${channel}`, sk: 'turns' };
  for (let attempt = 1; ; attempt++) {
    const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: key, ConsistentRead: true }));
    const known = Item as { turns: number[]; version: number } | undefined;
    const turns = (known?.turns ?? []).filter((at) => at > now - MINUTE_MS);
    if (turns.length >= limit) throw new ChannelUnavailable(`${channel} has had its ${limit} messages of this minute`);
    const version = known?.version ?? 0;
    try {
      await table.send(
        new PutCommand({
          TableName: tableName(),
          Item: {
            ...key,
            ...{ turns: [...turns, now], version: version + 1 },
            expiresAt: Math.floor(now / 1000) + KEEP_SECONDS,
          },
          ConditionExpression: 'attribute_not_exists(pk) OR version = :version',
          ExpressionAttributeValues: { ':version': version },
        }),
      );
      return;
    } catch (error) {
      if (!conditionFailed(error) || attempt >= ATTEMPTS) throw error;
    }
  }
}

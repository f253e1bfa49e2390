import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ChannelUnavailable } from '../errors.ts';
import { conditionFailed, table, tableName } from './table.ts';

const KEEP_SECONDS = 7 * 24 * 3600;
/** After this an attempt that neither succeeded nor failed (its function died) is made again. */
const ATTEMPT_SECONDS = 60;

/**
 * Does something once for each id, however often the message that asks for it is delivered. An attempt that failed
 * or died is made again; two at once are not made.
 *
 * @throws ChannelUnavailable while another attempt is under way; what `act` throws.
 */
export async function once(id: string, act: () => Promise<void>, now: number = Date.now()): Promise<void> {
  const key = { pk: `said#${id}`, sk: 'said' };
  const seconds = Math.floor(now / 1000);
  const mark = (until: number, expiresAt: number, condition?: string) =>
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: { ...key, until, expiresAt },
        ...(condition && {
          ConditionExpression: condition,
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':now': seconds },
        }),
      }),
    );
  try {
    await mark(seconds + ATTEMPT_SECONDS, seconds + KEEP_SECONDS, 'attribute_not_exists(pk) OR #until < :now');
  } catch (error) {
    if (!conditionFailed(error)) throw error;
    const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: key, ConsistentRead: true }));
    if (Item?.['until'] === Number.MAX_SAFE_INTEGER) return;
    throw new ChannelUnavailable(`${id} is being sent by another attempt`);
  }
  try {
    await act();
  } catch (error) {
    await mark(0, seconds + KEEP_SECONDS);
    throw error;
  }
  await mark(Number.MAX_SAFE_INTEGER, seconds + KEEP_SECONDS);
}

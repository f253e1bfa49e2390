import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ChannelUnavailable } from '../errors.ts';
import type { Shown } from '../threads/show.ts';
import { conditionFailed, table, tableName } from './table.ts';
import { threadKey } from './threads.ts';

const KEEP_SECONDS = 90 * 24 * 3600;
/** After this an attempt that neither succeeded nor failed (its function died) is made again. */
const ATTEMPT_SECONDS = 60;

interface Item {
  shown?: Shown;
  /** An attempt is under way until then, in seconds since the epoch. */
  until: number;
  version: number;
}

/**
 * Shows a thread in a channel: one attempt at a time. What it returns is remembered; an attempt that failed or died is
 * made again.
 *
 * @param plan from what was shown before, how to show it as it is; undefined when there is nothing to show
 * @throws ChannelUnavailable while another attempt is under way; what the attempt throws.
 */
export async function showOnce(
  of: { workload: string; thread: string; channel: string },
  plan: (before: Shown | undefined) => (() => Promise<Shown>) | undefined,
  now: number = Date.now(),
): Promise<void> {
  const key = threadKey(of.workload, of.thread, `channel#${of.channel}`);
  const seconds = Math.floor(now / 1000);
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: key, ConsistentRead: true }));
  const { shown: before, until, version }: Item = { until: 0, version: 0, ...(Item as Partial<Item> | undefined) };
  const show = plan(before);
  if (!show) return;
  const busy = `another attempt is showing ${of.channel} the same`;
  if (until > seconds) throw new ChannelUnavailable(busy);
  const write = (shown: Shown | undefined, busyUntil: number, known: number) =>
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: {
          ...key,
          ...(shown && { shown }),
          ...{ until: busyUntil, version: known + 1, expiresAt: seconds + KEEP_SECONDS },
        },
        ConditionExpression: 'attribute_not_exists(pk) OR version = :known',
        ExpressionAttributeValues: { ':known': known },
      }),
    );
  try {
    await write(before, seconds + ATTEMPT_SECONDS, version);
  } catch (error) {
    throw conditionFailed(error) ? new ChannelUnavailable(busy) : error;
  }
  try {
    await write(await show(), 0, version + 1);
  } catch (error) {
    await write(before, 0, version + 1);
    throw error;
  }
}

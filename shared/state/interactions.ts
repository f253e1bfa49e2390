import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Order } from '../discord/order.ts';
import { conditionHeld, table, tableName } from './table.ts';

/** Longer than Discord takes an answer to an interaction, which is 15 minutes, and than its signature is believed. */
const KEEP_SECONDS = 3600;

/** How long a question stands. */
export const CONFIRM_MS = 5 * 60_000;

/**
 * Takes an interaction, unless it was taken: whoever sends one again, and a queue that delivers twice, are heard once.
 *
 * @param what the part of the way that it is taken for
 * @param now milliseconds since the epoch
 */
export function takeInteraction(id: string, what: 'received' | 'carried-out', now: number): Promise<boolean> {
  return conditionHeld(
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: { ...keyOf(id, what), expiresAt: Math.floor(now / 1000) + KEEP_SECONDS },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}

/** Keeps an order until a person has confirmed it. @param id of the interaction that it came by */
export async function askToConfirm(id: string, order: Order, now: number): Promise<void> {
  const until = now + CONFIRM_MS;
  const Item = { ...keyOf(id, 'asked'), order, until, expiresAt: Math.floor(until / 1000) + KEEP_SECONDS };
  await table.send(new PutCommand({ TableName: tableName(), Item }));
}

/**
 * Takes an order that waits to be confirmed, or to be called off: whoever comes first has it.
 *
 * @returns `late` where its time is over; undefined where somebody has had it
 */
export async function takeAsked(id: string, now: number): Promise<Order | 'late' | undefined> {
  const { Attributes } = await table.send(
    new DeleteCommand({ TableName: tableName(), Key: keyOf(id, 'asked'), ReturnValues: 'ALL_OLD' }),
  );
  const found = Attributes as { order: Order; until: number } | undefined;
  return found && found.until < now ? 'late' : found?.order;
}

function keyOf(id: string, sk: string): { pk: string; sk: string } {
  return { pk: `interaction#${id}`, sk };
}

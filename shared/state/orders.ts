import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { conditionFailed, table, tableName, workloadKey } from './table.ts';

/** What people say to a workload or the stage. */
export type Act = 'pause' | 'skip' | 'keep' | 'start' | 'stop' | 'resume' | 'emergency-stop';

/** One of them, with who and why. */
export interface Order {
  act: Act;
  by: string;
  why: string;
  /** ISO 8601. */
  at: string;
}

/** The last order that was taken; the orders that lost against it are kept beside it. */
export interface Taken extends Order {
  lost: Order[];
  /** Grows with each write: who writes on another than they read has to look again. */
  version: number;
}

/** How long an order stands against a contrary one of somebody else: after that, it is a change of mind. */
export const CONTRARY_MS = 5000;
const ATTEMPTS = 10;
const KEPT_LOST = 10;
const KEEP_SECONDS = 7 * 24 * 3600;

/** The acts that undo each other. */
const AGAINST: Record<Act, Act[]> = {
  pause: ['start', 'resume'],
  skip: ['start', 'resume'],
  stop: ['start', 'keep', 'resume'],
  'emergency-stop': ['start', 'keep', 'resume'],
  keep: ['stop', 'resume', 'emergency-stop'],
  start: ['pause', 'skip', 'stop', 'emergency-stop'],
  resume: ['pause', 'skip', 'keep', 'stop', 'emergency-stop'],
};

export function areContrary(one: Order, other: Order): boolean {
  const apart = Math.abs(Date.parse(one.at) - Date.parse(other.at));
  return one.by !== other.by && apart <= CONTRARY_MS && AGAINST[one.act].includes(other.act);
}

/**
 * Takes an order, unless somebody else has given a contrary one in this very moment: of two people who do, one alone is
 * taken, whichever is written first, and both orders are kept. An emergency stop is always taken.
 *
 * @param workload without it, the whole stage
 * @returns the other order: the one that won when this one did not, or the one that an emergency stop has overruled
 */
export async function takeOrder(
  workload: string | undefined,
  order: Order,
): Promise<{ isTaken: boolean; other?: Order }> {
  const Key = workload ? workloadKey(workload, 'order') : { pk: 'stage', sk: 'order' };
  for (let attempt = 1; ; attempt++) {
    const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key, ConsistentRead: true }));
    const known = Item as Taken | undefined;
    const other = known && areContrary(order, known) ? orderOf(known) : undefined;
    const isTaken = !other || order.act === 'emergency-stop';
    const version = known?.version ?? 0;
    const next: Taken =
      known && !isTaken
        ? { ...known, lost: [...known.lost, order].slice(-KEPT_LOST), version: version + 1 }
        : { ...order, lost: other ? [other] : [], version: version + 1 };
    try {
      const expiresAt = Math.floor(Date.parse(order.at) / 1000) + KEEP_SECONDS;
      await table.send(
        new PutCommand({
          TableName: tableName(),
          Item: { ...Key, ...next, expiresAt },
          ConditionExpression: 'attribute_not_exists(pk) OR version = :version',
          ExpressionAttributeValues: { ':version': version },
        }),
      );
      return { isTaken, ...(other && { other }) };
    } catch (error) {
      // Somebody was faster: who they are decides.
      if (!conditionFailed(error) || attempt >= ATTEMPTS) throw error;
    }
  }
}

function orderOf({ act, by, why, at }: Order): Order {
  return { act, by, why, at };
}

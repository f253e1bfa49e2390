import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Thread } from '../threads/thread.ts';
import { allOf } from './query.ts';
import { conditionFailed, OPEN_INDEX, table, tableName } from './table.ts';

/** How long a thread is kept after its last notice. */
const KEEP_SECONDS = 90 * 24 * 3600;
/** Writers of one thread are few; one that loses this often is not unlucky. */
const ATTEMPTS = 8;

type Stored = Thread & { version: number };

export async function getThread(workload: string, thread: string): Promise<Stored | undefined> {
  const Key = threadKey(workload, thread, 'thread');
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key, ConsistentRead: true }));
  return Item as Stored | undefined;
}

/**
 * Changes a thread, or makes it: what `change` returns is written unless somebody else wrote in between; then it is
 * asked again.
 *
 * @param change returns undefined where there is nothing to write
 * @returns the thread as written; undefined when there was nothing to write
 */
export async function changeThread(
  workload: string,
  thread: string,
  change: (known: Thread | undefined) => Promise<Thread | undefined> | Thread | undefined,
): Promise<Thread | undefined> {
  for (let attempt = 1; ; attempt++) {
    const known = await getThread(workload, thread);
    const changed = await change(known);
    if (!changed) return undefined;
    try {
      await put(changed, known?.version ?? 0);
      return changed;
    } catch (error) {
      if (!conditionFailed(error) || attempt >= ATTEMPTS) throw error;
    }
  }
}

/** Every open incident, by one question. The index lags by moments. */
export function openThreads(): Promise<Thread[]> {
  return allOf<Thread>({
    IndexName: OPEN_INDEX,
    KeyConditionExpression: '#open = :incident',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':incident': 'incident' },
  });
}

export function threadKey(workload: string, thread: string, sk: string): { pk: string; sk: string } {
  return { pk: `thread#${workload}#${thread}`, sk };
}

async function put({ open: _, ...thread }: Thread & { open?: string }, version: number): Promise<void> {
  await table.send(
    new PutCommand({
      TableName: tableName(),
      Item: {
        ...thread,
        ...threadKey(thread.workload, thread.thread, 'thread'),
        version: version + 1,
        ...(thread.state === 'open' && { open: 'incident' }),
        expiresAt: Math.floor(thread.lastAt / 1000) + KEEP_SECONDS,
      },
      ConditionExpression: 'attribute_not_exists(pk) OR version = :version',
      ExpressionAttributeValues: { ':version': version },
    }),
  );
}

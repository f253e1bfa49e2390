import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { table, tableName } from './table.ts';

/** Who finds what should have started by itself: the sweeper of runs, or of pipelines. */
type Watcher = 'watch' | 'watch-pipelines';

/**
 * Up to which instant (milliseconds since the epoch) it is known that everything that should have started did.
 *
 * @param watcher each has a mark of its own
 */
export async function watchedUntil(watcher: Watcher = 'watch'): Promise<number | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: { pk: 'stage', sk: watcher } }));
  return (Item as { until?: number } | undefined)?.until;
}

export async function setWatchedUntil(until: number, watcher: Watcher = 'watch'): Promise<void> {
  await table.send(new PutCommand({ TableName: tableName(), Item: { pk: 'stage', sk: watcher, until } }));
}

const SEEN = { pk: 'stage', sk: 'seen' };

/** What the table is known to hold: it changes with a deployment alone, and that begins anew. */
let remembered: { names: string; since: Record<string, number> } | undefined;

/** Since when a workload is looked after (milliseconds since the epoch); undefined before the first sweep that knows it. */
export async function seenAt(workload: string): Promise<number | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: SEEN, ConsistentRead: true }));
  return (Item as { since?: Record<string, number> } | undefined)?.since?.[workload];
}

/**
 * Since when each workload is looked after (milliseconds since the epoch): a stage file that names it anew makes nothing
 * happen for the time before.
 */
export async function seenSince(workloads: string[], now: number): Promise<Record<string, number>> {
  const names = [...workloads].sort().join();
  if (remembered?.names === names) return remembered.since;
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: SEEN, ConsistentRead: true }));
  const known = (Item as { since?: Record<string, number> } | undefined)?.since ?? {};
  const since = Object.fromEntries(workloads.map((name) => [name, known[name] ?? now]));
  const isChanged = Object.keys({ ...known, ...since }).some((name) => known[name] !== since[name]);
  if (isChanged) await table.send(new PutCommand({ TableName: tableName(), Item: { ...SEEN, since } }));
  remembered = { names, since };
  return since;
}

import { BatchGetCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { StepEnded } from '../pipeline/ended.ts';
import { pagesOf } from './query.ts';
import { conditionHeld, table, tableName, workloadKey } from './table.ts';

/** A step of a pipeline's run as the table keeps it. Instants are ISO 8601 in UTC. */
export interface StepRecord extends Omit<StepEnded, 'name' | 'seconds' | 'status'> {
  workload: string;
  key: string;
  step: string;
  /** The newest execution of the run, counted from 1, that came by it. */
  generation: number;
  status: 'running' | StepEnded['status'];
  startedAt?: string;
  endedAt?: string;
}

/** A step of a run. */
export type StepName = Pick<StepRecord, 'workload' | 'key' | 'step'>;

/** AWS's own limit of one BatchGetItem. */
const AT_ONCE = 100;
const KEEP_SECONDS = 400 * 24 * 3600;

/** The step first: what it did in the last runs is one query. */
function keyOf({ workload, key, step }: StepName): { pk: string; sk: string } {
  return workloadKey(workload, `step#${step}#${key}`);
}

/** Whether a step is over in this execution of the run: what it was in an earlier one does not count. */
export function hasEnded(record: StepRecord | undefined, generation: number): record is StepRecord {
  return record !== undefined && record.generation === generation && record.status !== 'running';
}

/**
 * Writes down that a step begins, once in each generation.
 *
 * @returns whether this call did
 */
export async function beginStep(step: StepName, generation: number, startedAt: string): Promise<boolean> {
  return conditionHeld(
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: {
          ...keyOf(step),
          ...step,
          ...{ generation, startedAt, status: 'running' satisfies StepRecord['status'] },
          expiresAt: Math.floor(Date.parse(startedAt) / 1000) + KEEP_SECONDS,
        },
        ConditionExpression: 'attribute_not_exists(pk) OR generation < :generation',
        ExpressionAttributeValues: { ':generation': generation },
      }),
    ),
  );
}

/**
 * Writes down how a step ended, or that it is passed over.
 *
 * @returns whether it is still this generation's to say
 */
export async function endStep(
  step: StepName,
  generation: number,
  ending: Partial<StepRecord> & Pick<StepRecord, 'status' | 'endedAt'>,
): Promise<boolean> {
  const { workload, key, step: name } = step;
  const expiresAt = Math.floor(Date.parse(ending.endedAt ?? '') / 1000) + KEEP_SECONDS;
  const all = { workload, key, step: name, generation, expiresAt, ...ending };
  const fields = Object.entries(all).filter(([, value]) => value !== undefined);
  return conditionHeld(
    table.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: keyOf(step),
        UpdateExpression: `SET ${fields.map(([field]) => `#${field} = :${field}`).join(', ')}`,
        ConditionExpression: 'attribute_not_exists(pk) OR generation <= :generation',
        ExpressionAttributeNames: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
        ExpressionAttributeValues: Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value])),
      }),
    ),
  );
}

/** The records of some steps of a run, of those that have one. */
export async function stepsOf(workload: string, key: string, names: readonly string[]): Promise<StepRecord[]> {
  const found: StepRecord[] = [];
  const keys = [...new Set(names)].map((step) => keyOf({ workload, key, step }));
  for (let left = keys; left.length > 0; ) {
    const { Responses = {}, UnprocessedKeys = {} } = await table.send(
      new BatchGetCommand({
        RequestItems: { [tableName()]: { Keys: left.slice(0, AT_ONCE), ConsistentRead: true } },
      }),
    );
    found.push(...((Responses[tableName()] ?? []) as StepRecord[]));
    const again = (UnprocessedKeys[tableName()]?.Keys ?? []) as typeof keys;
    left = [...again, ...left.slice(AT_ONCE)];
  }
  return found;
}

/** How a step went in the runs before one, newest first, as far as it succeeded. */
export async function historyOf({ workload, key, step }: StepName, limit: number): Promise<StepRecord[]> {
  const found: StepRecord[] = [];
  const pages = pagesOf<StepRecord>({
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: {
      ...{ ':pk': `workload#${workload}`, ':first': `step#${step}#`, ':last': `step#${step}#${key}` },
    },
    ScanIndexForward: false,
    Limit: 2 * limit,
  });
  for await (const page of pages) {
    found.push(...page.filter((record) => record.key !== key && record.status === 'succeeded'));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

/** Who waits in an execution until steps of other branches have ended. */
export interface Waiting extends StepName {
  generation: number;
  needs: string[];
  token: string;
}

/** Keeps the token by which one that waits is let go on; the newest counts. */
export async function putWaiting(waiting: Waiting, now: number = Date.now()): Promise<void> {
  const { workload, key, step } = waiting;
  const expiresAt = Math.floor(now / 1000) + KEEP_SECONDS;
  const Item = { ...workloadKey(workload, `await#${key}#${step}`), ...waiting, expiresAt };
  await table.send(new PutCommand({ TableName: tableName(), Item }));
}

export async function getWaiting({ workload, key, step }: StepName): Promise<Waiting | undefined> {
  const { Item } = await table.send(
    new GetCommand({
      TableName: tableName(),
      Key: workloadKey(workload, `await#${key}#${step}`),
      ConsistentRead: true,
    }),
  );
  return Item as Waiting | undefined;
}

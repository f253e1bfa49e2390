import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { StepEnded } from '../pipeline/ended.ts';
import { itemsOf } from './batch.ts';
import { allOf, pagesOf } from './query.ts';
import { conditionHeld, table, tableName, workloadKey } from './table.ts';

/** A step of a pipeline's run as the table keeps it. Instants are ISO 8601 in UTC. */
export interface StepRecord extends Omit<StepEnded, 'name' | 'status'> {
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

const KEEP_SECONDS = 400 * 24 * 3600;

/** The step first: what it did in the last runs is one query. */
function keyOf({ workload, key, step }: StepName): { pk: string; sk: string } {
  return workloadKey(workload, `step#${step}#${key}`);
}

/** Whether a step is over in this execution of the run: what it was in an earlier one does not count. */
export function hasEnded(record: StepRecord, generation: number): boolean {
  return record.generation === generation && record.status !== 'running';
}

/** Of some steps, those that are not over in this execution of the run. */
export function unendedOf(steps: readonly string[], generation: number, records: readonly StepRecord[]): string[] {
  return steps.filter((name) => !records.some((record) => record.step === name && hasEnded(record, generation)));
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

/** What a step can have kept of its run, or of an earlier one. */
const LEFT = ['numbers', 'reason', 'warnings', 'log', 'seconds'];

/**
 * Writes down how a step ended, or that it is passed over; nothing of an earlier execution of the run is left then.
 *
 * @returns whether it is still this generation's to say
 */
export async function endStep(
  { workload, key, step }: StepName,
  generation: number,
  ending: Partial<StepRecord> & { status: StepEnded['status']; endedAt: string },
): Promise<boolean> {
  const expiresAt = Math.floor(Date.parse(ending.endedAt) / 1000) + KEEP_SECONDS;
  const all: Record<string, unknown> = { workload, key, step, generation, expiresAt, ...ending };
  const fields = Object.keys(all).filter((field) => all[field] !== undefined);
  const old = [...LEFT, ...(ending.status === 'passed-over' ? ['startedAt', 'tries'] : [])];
  const removed = old.filter((field) => !fields.includes(field));
  const named = (field: string) => `#${field}`;
  return conditionHeld(
    table.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: keyOf({ workload, key, step }),
        UpdateExpression: [
          `SET ${fields.map((field) => `#${field} = :${field}`).join(', ')}`,
          ...(removed.length > 0 ? [`REMOVE ${removed.map(named).join(', ')}`] : []),
        ].join(' '),
        ConditionExpression: 'attribute_not_exists(pk) OR #generation <= :generation',
        ExpressionAttributeNames: Object.fromEntries([...fields, ...removed].map((field) => [named(field), field])),
        ExpressionAttributeValues: Object.fromEntries(fields.map((field) => [`:${field}`, all[field]])),
      }),
    ),
  );
}

/**
 * Leaves a step as it ended before, in a further execution of its run.
 *
 * @returns whether it had ended
 */
export async function keepStep(step: StepName, generation: number): Promise<boolean> {
  return conditionHeld(
    table.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: keyOf(step),
        UpdateExpression: 'SET generation = :generation',
        ConditionExpression: 'attribute_exists(pk) AND #status <> :running AND generation <= :generation',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':generation': generation, ':running': 'running' },
      }),
    ),
  );
}

/** The records of some steps of a run, of those that have one. */
export function stepsOf(workload: string, key: string, names: readonly string[]): Promise<StepRecord[]> {
  return itemsOf([...new Set(names)].map((step) => keyOf({ workload, key, step })));
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

/** Who waits in the executions of a run, or waited: also of a machine that was deployed before this one. */
export async function waitingOf(workload: string, key: string): Promise<Waiting[]> {
  return allOf<Waiting>({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :await)',
    ExpressionAttributeValues: { ':pk': `workload#${workload}`, ':await': `await#${key}#` },
    ConsistentRead: true,
  });
}

import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { RunUnsettled } from '../errors.ts';
import { claimRun, type Run, type Todo } from './runs.ts';
import { conditionHeld, table, tableName, workloadKey } from './table.ts';

const KEEP_SECONDS = 400 * 24 * 3600;

/**
 * Makes the record of a run that is begun again its newest generation's.
 *
 * @param known the record before; without one it is begun for the first time
 * @returns `claimed` (also when this execution claimed it before), or `duplicate` when it goes on, or has nothing left
 *   to be done again
 * @throws RunUnsettled when what came of it before is not said yet
 */
export async function claimAgain(run: Run, known: Run | undefined): Promise<'claimed' | 'duplicate'> {
  if (!known) return claimRun(run);
  if (known.status === 'running') return known.execution === run.execution ? 'claimed' : 'duplicate';
  if (known.execution === run.execution) return 'duplicate';
  if (run.again?.only && known.status === 'succeeded') return 'duplicate';
  if (known.todo) throw new RunUnsettled(`${run.workload} ${run.key} has ended and is not settled yet`);
  const isWritten = await replace({ ...run, open: 'open', todo: 'end' }, known);
  return isWritten ? 'claimed' : 'duplicate';
}

/** Takes it back that a run was begun again: the record is what it was. */
export async function putBack(known: Run, claimed: Run): Promise<void> {
  const { open: _, todo: __, ...before } = known;
  await replace(before, { ...claimed, status: 'running' });
}

/**
 * Writes the record of a run that is not begun at all, if there is none.
 *
 * @returns whether it is still to be said
 */
export async function recordUnbegun(run: Run): Promise<boolean> {
  return conditionHeld(
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: itemOf({ ...run, open: 'open', todo: 'say' }),
        ConditionExpression: 'attribute_not_exists(pk) OR (execution = :execution AND todo = :say)',
        ExpressionAttributeValues: { ':execution': run.execution, ':say': 'say' satisfies Todo },
      }),
    ),
  );
}

/** When a run begins in earnest, and until when it has: one that waited for another begins later than it was admitted. */
export async function setBegun(run: Pick<Run, 'workload' | 'key' | 'startedAt' | 'deadlineAt'>): Promise<void> {
  await table.send(
    new UpdateCommand({
      TableName: tableName(),
      Key: workloadKey(run.workload, `run#${run.key}`),
      UpdateExpression: 'SET startedAt = :startedAt, deadlineAt = :deadlineAt',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':startedAt': run.startedAt, ':deadlineAt': run.deadlineAt },
    }),
  );
}

/** Remembers that people were told that a run takes long. */
export async function setSlowSaid(run: Pick<Run, 'workload' | 'key' | 'generation'>, at: string): Promise<void> {
  // Refused where it has ended or begun again meanwhile.
  await conditionHeld(
    table.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: workloadKey(run.workload, `run#${run.key}`),
        UpdateExpression: 'SET slowSaidAt = :at',
        ConditionExpression: '#status = :running AND generation = :generation',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':at': at, ':running': 'running', ':generation': run.generation },
      }),
    ),
  );
}

async function replace(run: Run, known: Run): Promise<boolean> {
  return conditionHeld(
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: itemOf(run),
        ConditionExpression: 'execution = :execution AND #status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':execution': known.execution, ':status': known.status },
      }),
    ),
  );
}

function itemOf(run: Run): Record<string, unknown> {
  const expiresAt = Math.floor(Date.parse(run.admittedAt) / 1000) + KEEP_SECONDS;
  return { ...run, ...workloadKey(run.workload, `run#${run.key}`), expiresAt };
}

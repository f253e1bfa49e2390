import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionFailed, table, tableName, workloadKey } from './table.ts';

/** The failures in a row of a workload. */
export interface Breaker {
  failures: number;
  lastRun: string;
}

export async function getBreaker(workload: string): Promise<Breaker | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: tableName(), Key: workloadKey(workload, 'breaker'), ConsistentRead: true }),
  );
  return Item as Breaker | undefined;
}

/**
 * Counts a failure, once for each run however often it is told.
 *
 * @returns the failures in a row so far, this one included.
 */
export async function countFailure(workload: string, run: string): Promise<number> {
  try {
    const { Attributes } = await table.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: workloadKey(workload, 'breaker'),
        UpdateExpression: 'SET lastRun = :run ADD failures :one',
        ConditionExpression: 'attribute_not_exists(pk) OR lastRun <> :run',
        ExpressionAttributeValues: { ':run': run, ':one': 1 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return (Attributes as Breaker).failures;
  } catch (error) {
    if (!conditionFailed(error)) throw error;
    return (await getBreaker(workload))?.failures ?? 0;
  }
}

/** Forgets the failures in a row: after a success, or when a person resumes the workload. */
export async function closeBreaker(workload: string): Promise<void> {
  await table.send(new DeleteCommand({ TableName: tableName(), Key: workloadKey(workload, 'breaker') }));
}

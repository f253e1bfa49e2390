import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionFailed, conditionHeld, table, tableName, workloadKey } from './table.ts';

/** How long a lease outlives its run's deadline: time to stop, verify and sweep. */
export const LEASE_MARGIN_SECONDS = 3600;

/**
 * Takes the right to run a workload. At most one run holds it; an expired one can be taken over.
 *
 * @param run who asks; asking again is answered as before
 * @param now milliseconds since the epoch
 * @returns undefined when taken, otherwise the key of the run that holds it.
 */
export async function takeLease(
  run: { workload: string; key: string; deadlineAt: string },
  now: number = Date.now(),
): Promise<string | undefined> {
  try {
    await table.send(
      new PutCommand({
        TableName: tableName(),
        Item: {
          ...workloadKey(run.workload, 'lease'),
          holder: run.key,
          until: Math.floor(Date.parse(run.deadlineAt) / 1000) + LEASE_MARGIN_SECONDS,
        },
        ConditionExpression: 'attribute_not_exists(pk) OR holder = :run OR #until < :now',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':run': run.key, ':now': Math.floor(now / 1000) },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return undefined;
  } catch (error) {
    if (!conditionFailed(error)) throw error;
    const holder = (error as { Item?: { holder?: { S?: string } } }).Item?.holder?.S;
    return holder ?? 'another run';
  }
}

/** Gives the lease back, if this run still holds it. Its name stays: the newest run of a workload is found by it. */
export async function releaseLease(run: { workload: string; key: string }): Promise<void> {
  // Refused where it is not ours (any more): it expired and another run took it, or a person's shell did.
  await conditionHeld(
    table.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: workloadKey(run.workload, 'lease'),
        // Not the present time: of two clocks one is always behind.
        UpdateExpression: 'SET #until = :over',
        ConditionExpression: 'holder = :run',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':run': run.key, ':over': 0 },
      }),
    ),
  );
}

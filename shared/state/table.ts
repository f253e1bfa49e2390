import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { env } from '../env.ts';

/**
 * The one table of a stage. `pk` is `workload#<name>` or `stage`; `sk` is `run#<key>`, `step#<step>#<key>`,
 * `await#<key>#<step>`, `lease`, `breaker`, `override`, `keep`, `gate`, `order` or `watch`. What is watched from outside is under `watch`, `service#<name>` and
 * `heartbeats`; what was said in Discord, for an hour, under `interaction#<id>`. Runs that somebody still has to look after
 * carry `open`, the key of a sparse index.
 */
export const table = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
  marshallOptions: { removeUndefinedValues: true },
});

export const OPEN_INDEX = 'open-runs';

export function tableName(): string {
  return env('STATE_TABLE');
}

export function workloadKey(workload: string, sk: string): { pk: string; sk: string } {
  return { pk: `workload#${workload}`, sk };
}

/** Whether the condition of a write held; what else goes wrong with it is thrown. */
export async function conditionHeld(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (conditionFailed(error)) return false;
    throw error;
  }
}

/** Whether DynamoDB refused a write because its condition did not hold. */
export function conditionFailed(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

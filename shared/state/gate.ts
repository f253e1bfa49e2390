import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { table, tableName, workloadKey } from './table.ts';

/** A person's word on a workload or on the whole stage, with an expiry. */
export interface Override {
  /** `pause`: nothing starts until resumed. `skip`: nothing starts until the expiry. */
  act: 'pause' | 'skip';
  by: string;
  why: string;
  at: string;
  /** ISO 8601; a pause without it lasts until somebody resumes. */
  until?: string;
}

/**
 * Why a person does not want this workload to start now, or undefined.
 *
 * @param now milliseconds since the epoch
 */
export async function heldBack(workload: string, now: number = Date.now()): Promise<string | undefined> {
  for (const [key, what] of [
    [{ pk: 'stage', sk: 'gate' }, 'the stage is paused'],
    [workloadKey(workload, 'override'), 'paused'],
  ] as const) {
    const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: key, ConsistentRead: true }));
    const override = Item as Override | undefined;
    if (!override || (override.until && Date.parse(override.until) <= now)) continue;
    const verb = override.act === 'skip' ? 'skipped' : what;
    return `${verb} by ${override.by}${override.until ? ` until ${override.until}` : ''}: ${override.why}`;
  }
  return undefined;
}

/** Records a person's word. Without a workload it is for the whole stage. */
export async function holdBack(workload: string | undefined, override: Override): Promise<void> {
  await table.send(new PutCommand({ TableName: tableName(), Item: { ...heldKey(workload), ...override } }));
}

/** Takes a person's word back. */
export async function letGo(workload: string | undefined): Promise<void> {
  await table.send(new DeleteCommand({ TableName: tableName(), Key: heldKey(workload) }));
}

function heldKey(workload: string | undefined): { pk: string; sk: string } {
  return workload ? workloadKey(workload, 'override') : { pk: 'stage', sk: 'gate' };
}

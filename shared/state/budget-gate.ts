import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { because } from '../reasons.ts';
import { conditionHeld, table, tableName, workloadKey } from './table.ts';

/** That nothing new starts any more today, because a limit is reached. */
export interface BudgetGate {
  /** Local date in the zone of the stage. */
  day: string;
  /** Midnight, ISO 8601 with an offset. */
  until: string;
  /** US dollars. */
  usd: number;
  limit: number;
  /** Who let it go again before midnight. */
  releasedBy?: string;
}

const KEEP_SECONDS = 7 * 24 * 3600;

/** Closes the gate of a workload, or of the stage, once a day: what a person let go stays open. */
export async function closeBudgetGate(workload: string | undefined, gate: BudgetGate): Promise<void> {
  // Refused where it is closed, or somebody has opened it for the rest of the day.
  await conditionHeld(
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: {
          ...gateKey(workload),
          ...gate,
          ...(workload && { workload }),
          expiresAt: Math.floor(Date.parse(gate.until) / 1000) + KEEP_SECONDS,
        },
        ConditionExpression: 'attribute_not_exists(pk) OR #day < :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': gate.day },
      }),
    ),
  );
}

/** Opens the gate for the rest of the day. */
export async function openBudgetGate(workload: string | undefined, by: string): Promise<void> {
  // Refused where it was never closed.
  await conditionHeld(
    table.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: gateKey(workload),
        UpdateExpression: 'SET releasedBy = :by',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':by': by },
      }),
    ),
  );
}

/** The gate that holds a workload back, its own or that of the stage; without a workload that of the stage. */
export async function closedBudgetGate(
  workload: string | undefined,
  now: number = Date.now(),
): Promise<BudgetGate | undefined> {
  const gates = await Promise.all([gateOf(undefined), workload === undefined ? undefined : gateOf(workload)]);
  return gates.find((gate) => gate && isClosed(gate, now));
}

/** Whether it holds now. @param now milliseconds since the epoch */
export function isClosed({ until, releasedBy }: BudgetGate, now: number): boolean {
  return releasedBy === undefined && now < Date.parse(until);
}

/** That it holds, as it is recorded. */
export function overBudgetReason({ usd, limit, until }: BudgetGate): string {
  return because('overBudget', usd.toFixed(2), limit, until);
}

/** Why a workload is over its limit, or undefined. */
export async function overBudget(workload: string, now: number = Date.now()): Promise<string | undefined> {
  const gate = await closedBudgetGate(workload, now);
  return gate && overBudgetReason(gate);
}

async function gateOf(workload: string | undefined): Promise<BudgetGate | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: tableName(), Key: gateKey(workload), ConsistentRead: true }),
  );
  return Item as BudgetGate | undefined;
}

function gateKey(workload: string | undefined): { pk: string; sk: string } {
  return workload === undefined ? { pk: 'stage', sk: 'budget' } : workloadKey(workload, 'budget');
}

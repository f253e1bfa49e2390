import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { InvalidInput } from '../errors.ts';
import { because } from '../reasons.ts';
import { CONTRARY_MS } from './orders.ts';
import { conditionHeld, table, tableName, workloadKey } from './table.ts';

/** A person's word on a workload or on the whole stage, with who, why and an expiry. */
export interface Override {
  /**
   * `pause`: nothing starts until resumed or the expiry. `skip`: nothing starts until the expiry.
   * `keep`: nothing is stopped until the expiry.
   */
  act: 'pause' | 'skip' | 'keep';
  by: string;
  why: string;
  /** ISO 8601, as the other times. */
  at: string;
  /** Only a pause can be without: it lasts until somebody resumes. */
  until?: string;
  /** A pause of the stage that an emergency stop made: nothing keeps anything on either. */
  emergency?: true;
}

/** A keep, and what it keeps; without a workload, the whole stage. */
export type Keep = Override & { workload?: string };

/** How long an expired word is kept, so that the sweeper sees the edge. */
const KEEP_SECONDS = 7 * 24 * 3600;

/**
 * Why a person does not want this workload to start now, or undefined.
 *
 * @param now milliseconds since the epoch
 */
export async function heldBack(workload: string, now: number = Date.now()): Promise<string | undefined> {
  for (const subject of [undefined, workload]) {
    const override = await get(overrideKey(subject, 'pause'));
    if (override && !isOver(override, now)) return whyNotStarted(override, subject === undefined);
  }
  return undefined;
}

/** Why nothing starts while a word holds, as it is recorded; undefined for one that only keeps. */
export function whyNotStarted(override: Override, isOfStage: boolean): string | undefined {
  if (override.act === 'keep') return undefined;
  return inWords(override.act === 'skip' ? 'skipped' : isOfStage ? 'stagePaused' : 'paused', override);
}

/**
 * Why a person does not want this workload to be stopped now, or undefined.
 *
 * @param now milliseconds since the epoch
 */
export async function kept(workload: string, now: number = Date.now()): Promise<string | undefined> {
  const found = await Promise.all([get(overrideKey(undefined, 'keep')), get(overrideKey(workload, 'keep'))]);
  const override = found.find((keep) => keep && !isOver(keep, now));
  return override && inWords('kept', override);
}

/** Whether an emergency stop holds: nobody has resumed since. */
export async function isEmergency(): Promise<boolean> {
  return (await get(overrideKey(undefined, 'pause')))?.emergency === true;
}

/** The words that hold now on a workload; without one, on the whole stage. */
export async function overridesOf(workload: string | undefined, now: number = Date.now()): Promise<Override[]> {
  const found = await Promise.all([get(overrideKey(workload, 'pause')), get(overrideKey(workload, 'keep'))]);
  return found.filter((override) => override !== undefined && !isOver(override, now)) as Override[];
}

/**
 * Records a person's word. Without a workload it is for the whole stage.
 *
 * @throws InvalidInput for a pause that would take the place of an emergency stop, and end it some time
 */
export async function putOverride(workload: string | undefined, override: Override): Promise<void> {
  const expiresAt = override.until && Math.floor(Date.parse(override.until) / 1000) + KEEP_SECONDS;
  const isWritten = await conditionHeld(
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: {
          ...overrideKey(workload, override.act),
          ...override,
          ...(workload && { workload }),
          ...(expiresAt && { expiresAt }),
          // The sweeper finds it among what is open, and so its end.
          ...(override.act === 'keep' && { open: 'open' }),
        },
        ...(!override.emergency && { ConditionExpression: 'attribute_not_exists(emergency)' }),
      }),
    ),
  );
  if (!isWritten)
    throw new InvalidInput(`${override.act}: everything is stopped for an emergency already, until somebody resumes`);
}

/**
 * Takes back that nothing shall start, but an emergency stop that somebody else, or the cost guard, has begun in this very
 * moment.
 *
 * @returns that emergency stop, which stays
 */
export async function letGo(
  workload: string | undefined,
  { by, now }: { by: string; now: number },
): Promise<Override | undefined> {
  const isWritten = await conditionHeld(
    table.send(
      new DeleteCommand({
        TableName: tableName(),
        Key: overrideKey(workload, 'pause'),
        ConditionExpression: 'attribute_not_exists(emergency) OR #at < :moment OR #by = :by',
        ExpressionAttributeNames: { '#at': 'at', '#by': 'by' },
        // Of an emergency it is always UTC, so that times can be compared as text.
        ExpressionAttributeValues: { ':moment': new Date(now - CONTRARY_MS).toISOString(), ':by': by },
      }),
    ),
  );
  if (isWritten) return undefined;
  return get(overrideKey(workload, 'pause'));
}

/**
 * Takes back that nothing shall be stopped: it expires now, so that the sweeper stops what should be off.
 *
 * @param now milliseconds since the epoch
 */
export async function endKeep(workload: string | undefined, now: number = Date.now()): Promise<void> {
  const nowSeconds = Math.floor(now / 1000);
  // Refused where there is none, or it is over.
  await conditionHeld(
    table.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: overrideKey(workload, 'keep'),
        UpdateExpression: 'SET #until = :until, expiresAt = :expiry',
        // Written in whatever offset, times cannot be compared as text; the expiry can.
        ConditionExpression: 'expiresAt > :expiry',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':until': new Date(now).toISOString(), ':expiry': nowSeconds + KEEP_SECONDS },
      }),
    ),
  );
}

/** Whether it holds no more. @param now milliseconds since the epoch */
export function isOver({ until }: Override, now: number): boolean {
  return until !== undefined && Date.parse(until) <= now;
}

function inWords(what: 'stagePaused' | 'paused' | 'skipped' | 'kept', { by, why, until }: Override): string {
  return until ? because(`${what}Until`, by, until, why) : because(what, by, why);
}

async function get(Key: { pk: string; sk: string }): Promise<Override | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key, ConsistentRead: true }));
  return Item as Override | undefined;
}

function overrideKey(workload: string | undefined, act: Override['act']): { pk: string; sk: string } {
  if (act === 'keep') return workload ? workloadKey(workload, 'keep') : { pk: 'stage', sk: 'keep' };
  return workload ? workloadKey(workload, 'override') : { pk: 'stage', sk: 'gate' };
}

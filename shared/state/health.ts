import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Results } from '../watch/result.ts';
import { NOTHING_KNOWN, type WatchState } from '../watch/state.ts';
import { allOf } from './query.ts';
import { conditionHeld, table, tableName } from './table.ts';

/**
 * What is known of everything that is watched. One item a minute holds the results of the whole stage; another what is
 * remembered, which is written when something changes. An item for each service would cost as many times more.
 */

/** By which what is remembered is kept. */
export const WATCH_KEY = { pk: 'watch', sk: 'state' };
const KEEP_RAW_SECONDS = 7 * 24 * 3600;
/** So much of what was found wrong is kept of each check. */
const LONGEST_PROBLEM = 80;

/** How a check was in a minute: `o` ok, `f` failed, `u` unknown; then, each where there is one, `123` ms and what was wrong. */
export type Packed = string;

/** What a minute showed, as it is kept for a week. */
export interface Minute {
  /** Milliseconds since the epoch. */
  at: number;
  /** Whether the control probe did not answer. */
  isOurs?: boolean;
  /** Service → check → how it was. */
  results: Record<string, Record<string, Packed>>;
  /** Service → why what failed does not count. */
  held: Record<string, string>;
}

export function pack(results: Results): Record<string, Packed> {
  return Object.fromEntries(
    Object.entries(results).map(([check, result]) => {
      const ms = 'ms' in result ? String(Math.round(result.ms)) : '';
      const problem = 'problem' in result ? ` ${result.problem.slice(0, LONGEST_PROBLEM)}` : '';
      return [check, `${result.outcome.charAt(0)}${ms}${problem}`];
    }),
  );
}

/** What was packed, in parts. */
export function unpack(packed: Packed): { outcome: 'ok' | 'failed' | 'unknown'; ms?: number; problem?: string } {
  const [, letter = '', ms = '', problem] = /^([ofu])(\d*)(?: (.*))?$/s.exec(packed) ?? [];
  return {
    outcome: ({ o: 'ok', f: 'failed' } as const)[letter] ?? 'unknown',
    ...(ms !== '' && { ms: Number(ms) }),
    ...(problem !== undefined && { problem }),
  };
}

/**
 * The newest minute and what is remembered, by one question.
 *
 * @param since milliseconds since the epoch: an older minute is none
 */
export async function newestWatch(since: number): Promise<{ minute?: Minute; state: WatchState }> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName(),
      // The key of what is remembered comes after those of the minutes.
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :state',
      ExpressionAttributeValues: { ':pk': WATCH_KEY.pk, ':from': minuteKey(since).sk, ':state': WATCH_KEY.sk },
      ConsistentRead: true,
    }),
  );
  const minute = Items.findLast(({ sk }) => sk !== WATCH_KEY.sk) as Minute | undefined;
  return { ...(minute && { minute }), state: stateIn(Items.find(({ sk }) => sk === WATCH_KEY.sk)) };
}

/** What is remembered, as its item has it. */
export function stateIn(item: object | undefined): WatchState {
  const { pk: _, sk: __, ...state } = { ...NOTHING_KNOWN, ...WATCH_KEY, ...item };
  return state;
}

export async function getWatch(): Promise<WatchState & { version: number }> {
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: WATCH_KEY, ConsistentRead: true }));
  if (!Item) return { ...NOTHING_KNOWN, version: 0 };
  const { pk: _, sk: __, ...state } = Item;
  return state as WatchState & { version: number };
}

/**
 * Remembers what is known, if nobody else has written meanwhile.
 *
 * @param version as it was read
 * @throws ConditionalCheckFailedException
 */
export async function putWatch(state: WatchState, version: number): Promise<void> {
  await table.send(
    new PutCommand({
      TableName: tableName(),
      Item: { ...state, ...WATCH_KEY, version: version + 1 },
      ConditionExpression: 'attribute_not_exists(pk) OR version = :version',
      ExpressionAttributeValues: { ':version': version },
    }),
  );
}

/**
 * Writes down what a minute showed: each minute is written, and therefore judged, once.
 *
 * @returns whether it was new
 */
export async function putMinute(minute: Minute): Promise<boolean> {
  return conditionHeld(
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: { ...minute, ...minuteKey(minute.at), expiresAt: Math.floor(minute.at / 1000) + KEEP_RAW_SECONDS },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}

/** The minutes in [from, to), oldest first, both in milliseconds since the epoch. */
export function minutesBetween(from: number, to: number): Promise<Minute[]> {
  return allOf<Minute>({
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': WATCH_KEY.pk, ':from': minuteKey(from).sk, ':to': minuteKey(to - 60_000).sk },
    ConsistentRead: true,
  });
}

/** By which a minute is kept. @param at milliseconds since the epoch */
export function minuteKey(at: number): { pk: string; sk: string } {
  return { pk: WATCH_KEY.pk, sk: `minute#${new Date(at).toISOString().slice(0, 16)}` };
}

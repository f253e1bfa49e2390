import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Notice } from '../notices/notice.ts';
import type { QueueDay } from '../queues/day.ts';
import type { Held } from '../queues/held.ts';
import type { Limits } from '../queues/limits.ts';
import type { Mark, Reading } from '../queues/reading.ts';
import type { Rise } from '../queues/rise.ts';
import { NEVER_RAN_AWAY, type RunawayMemory } from '../queues/runaway.ts';
import type { Troubles } from '../queues/trouble.ts';
import { NOTHING_SIZED, type Sizing } from '../queues/wanted.ts';
import { allOf } from './query.ts';
import { conditionHeld, table, tableName } from './table.ts';

/** What is remembered of all queues from minute to minute, in one small item; days that are over are items of their own. */
export interface QueuesState {
  /** The last minute that was judged, in milliseconds since the epoch. */
  at: number;
  version: number;
  queues: Record<string, QueueMemory>;
  /** Notices that could not be published yet, oldest first. */
  untold: Notice[];
}

export interface QueueMemory {
  /** The last one there was, without why jobs failed. */
  reading?: Reading;
  mark?: Mark;
  sizing: Sizing;
  runaway: RunawayMemory;
  /** Its tasks as ECS told last; missing where it did not, the last time it was asked. */
  workers?: WorkersSeen;
  /** What was registered last, and when. */
  limits?: Limits & { at: number };
  /** What was published last as wanted. */
  wanted?: number;
  rise?: Rise;
  held?: Held;
  isKept?: true;
  troubles: Troubles;
  /** When Redis was cleaned last, and whether there was more to clean. */
  cleaned?: { at: number; more: boolean };
  today?: QueueDay;
}

export interface WorkersSeen {
  running: number;
  pending: number;
  desired: number;
}

export const NOTHING_REMEMBERED: QueueMemory = { sizing: NOTHING_SIZED, runaway: NEVER_RAN_AWAY, troubles: {} };

/** By which what is remembered is kept. */
export const QUEUES_KEY = { pk: 'queues', sk: 'state' };
const CLAIM = { pk: 'queues', sk: 'minute' };
const KEEP_DAYS_SECONDS = 400 * 24 * 3600;

/** Takes a minute, however often it is delivered: the first has it. @param minute milliseconds since the epoch */
export async function claimMinute(minute: number): Promise<boolean> {
  return conditionHeld(
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: { ...CLAIM, minute },
        ConditionExpression: 'attribute_not_exists(pk) OR #minute < :minute',
        ExpressionAttributeNames: { '#minute': 'minute' },
        ExpressionAttributeValues: { ':minute': minute },
      }),
    ),
  );
}

export async function getQueues(): Promise<QueuesState> {
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: QUEUES_KEY, ConsistentRead: true }));
  const { pk: _, sk: __, ...state } = Item ?? QUEUES_KEY;
  return { at: 0, version: 0, queues: {}, untold: [], ...state };
}

/**
 * Remembers what is known, if nobody else has written meanwhile.
 *
 * @param version as it was read
 * @throws ConditionalCheckFailedException
 */
export async function putQueues(state: Omit<QueuesState, 'version'>, version: number): Promise<void> {
  await table.send(
    new PutCommand({
      TableName: tableName(),
      Item: { ...state, ...QUEUES_KEY, version: version + 1 },
      ConditionExpression: 'attribute_not_exists(pk) OR version = :version',
      ExpressionAttributeValues: { ':version': version },
    }),
  );
}

/** Writes a day down that is over. */
export async function putQueueDay(queue: string, day: QueueDay): Promise<void> {
  const expiresAt = Math.floor(Date.parse(day.day) / 1000) + KEEP_DAYS_SECONDS;
  await table.send(new PutCommand({ TableName: tableName(), Item: { ...day, ...dayKey(queue, day.day), expiresAt } }));
}

/** The days of a queue that are over, from one to another, both included, oldest first: `2026-11-02`. */
export function queueDaysBetween(queue: string, from: string, to: string): Promise<QueueDay[]> {
  return allOf<QueueDay>({
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': dayKey(queue, from).pk,
      ':from': dayKey(queue, from).sk,
      ':to': dayKey(queue, to).sk,
    },
    ConsistentRead: true,
  });
}

function dayKey(queue: string, day: string): { pk: string; sk: string } {
  return { pk: `queue#${queue}`, sk: `day#${day}` };
}

import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { conditionHeld, table, tableName } from './table.ts';

/** What was spent on a local day, as far as it was observed. */
export interface LedgerDay {
  /** Local date in the zone of the stage, `2026-11-21`. */
  day: string;
  /** Up to when it is reckoned, ISO 8601 in UTC. */
  observedAt: string;
  /** Every workload of the stage that day. */
  workloads: Record<string, DaySpend>;
  /** The same sums by the days of UTC, by which AWS bills, in US dollars. */
  usdByUtcDay: Record<string, number>;
  /** What people have been told today. */
  told?: string[];
}

/** What a workload was seen to do on a day. */
export interface DaySpend {
  /** Estimated at list price, in US dollars; what is unknown is not in it. */
  usd: number;
  /** How long it was seen on; of workers, all of theirs together. */
  onSeconds: number;
  /** Up to when it was seen, ISO 8601 in UTC. */
  seenAt: string;
  /** Whether it was on when it was seen last. */
  isOn: boolean;
  /** How long nobody could see whether it was on. */
  unseenSeconds?: number;
  /** Of a queue: how many seconds of its workers are counted, of which of its own local days. */
  counted?: { day: string; seconds: number };
  /** Why the sum is not whole: prices that are missing, or why it could not be seen. */
  unknown?: string[];
}

/** What the bill says of a day of UTC, which can change for days. */
export interface Bill {
  /** `2026-11-21` */
  utcDay: string;
  /** US dollars, before credits and refunds. */
  usd: number;
  /** When Cost Explorer was asked, ISO 8601 in UTC. */
  askedAt: string;
}

const KEEP_SECONDS = 400 * 24 * 3600;

/** The newest days of the ledger, newest first. */
export async function newestDays(limit: number): Promise<LedgerDay[]> {
  return query<LedgerDay>('pk = :pk AND begins_with(sk, :from)', { ':pk': 'ledger', ':from': 'day#' }, limit);
}

/** The days from one local date to another, both inclusive, newest first. */
export async function daysBetween(from: string, to: string): Promise<LedgerDay[]> {
  const values = { ':pk': 'ledger', ':from': `day#${from}`, ':to': `day#${to}` };
  return query<LedgerDay>('pk = :pk AND sk BETWEEN :from AND :to', values);
}

/**
 * Writes a day down, if nobody else has reckoned it further meanwhile.
 *
 * @param before its `observedAt` as it was read; undefined for a day that was not there
 * @returns whether it was written
 */
export async function putDay(day: LedgerDay, before: string | undefined): Promise<boolean> {
  return conditionHeld(
    table.send(
      new PutCommand({
        TableName: tableName(),
        Item: { ...dayKey(day.day), ...day, expiresAt: Math.floor(Date.parse(day.observedAt) / 1000) + KEEP_SECONDS },
        ...(before === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'observedAt = :before', ExpressionAttributeValues: { ':before': before } }),
      }),
    ),
  );
}

/** Writes down what the bill says of a day, in the place of what it said before. */
export async function putBill(bill: Bill): Promise<void> {
  await table.send(
    new PutCommand({
      TableName: tableName(),
      Item: {
        ...{ pk: 'ledger', sk: `bill#${bill.utcDay}` },
        ...bill,
        expiresAt: Math.floor(Date.parse(bill.askedAt) / 1000) + KEEP_SECONDS,
      },
    }),
  );
}

/** What is known of the bill, from one day of UTC to another, both inclusive, newest first. */
export async function billsBetween(from: string, to: string): Promise<Bill[]> {
  const values = { ':pk': 'ledger', ':from': `bill#${from}`, ':to': `bill#${to}` };
  return query<Bill>('pk = :pk AND sk BETWEEN :from AND :to', values);
}

async function query<T>(condition: string, values: Record<string, string>, Limit?: number): Promise<T[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName(),
      KeyConditionExpression: condition,
      ExpressionAttributeValues: values,
      ScanIndexForward: false,
      ConsistentRead: true,
      ...(Limit && { Limit }),
    }),
  );
  return Items as T[];
}

function dayKey(day: string): { pk: string; sk: string } {
  return { pk: 'ledger', sk: `day#${day}` };
}

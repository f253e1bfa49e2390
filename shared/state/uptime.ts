import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Downtime, Hour } from '../uptime/uptime.ts';
import { allOf } from './query.ts';
import { table, tableName } from './table.ts';

/** The sums of hours and the downtimes of each service, kept long enough for a year of figures. */

const KEEP_SECONDS = 400 * 24 * 3600;

/** Writes an hour down, in the place of what was there. */
export async function putHour(service: string, hour: Hour): Promise<void> {
  await put(service, `hour#${hour.hour}`, hour, Date.parse(`${hour.hour}:00Z`));
}

/** Writes a downtime down, as it begins and again as it ends. */
export async function putDowntime(service: string, downtime: Downtime): Promise<void> {
  const { from, check } = downtime;
  await put(service, `down#${new Date(from).toISOString()}#${check}`, downtime, downtime.to ?? from);
}

/** The hours of a service that lie in [from, to), oldest first; milliseconds since the epoch. */
export async function hoursBetween(service: string, from: number, to: number): Promise<Hour[]> {
  const hour = (at: number) => `hour#${new Date(at).toISOString().slice(0, 13)}`;
  return query<Hour>(service, hour(from), hour(to - 1));
}

/** The downtimes of a service that began in [from, to), oldest first; milliseconds since the epoch. */
export async function downtimesBetween(service: string, from: number, to: number): Promise<Downtime[]> {
  const down = (at: number) => `down#${new Date(at).toISOString()}`;
  return query<Downtime>(service, down(from), down(to));
}

async function put(service: string, sk: string, item: object, at: number): Promise<void> {
  await table.send(
    new PutCommand({
      TableName: tableName(),
      Item: { ...item, ...keyOf(service), sk, expiresAt: Math.floor(at / 1000) + KEEP_SECONDS },
    }),
  );
}

function query<T>(service: string, from: string, to: string): Promise<T[]> {
  return allOf<T>({
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': keyOf(service).pk, ':from': from, ':to': to },
  });
}

function keyOf(service: string): { pk: string } {
  return { pk: `service#${service}` };
}

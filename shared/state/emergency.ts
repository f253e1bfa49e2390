import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionHeld, table, tableName } from './table.ts';

const KEY = { pk: 'stage', sk: 'emergency' };

/** The newest emergency stop that the spending has caused. */
export interface Emergency {
  /** Local date in the zone of the stage. */
  day: string;
  /** How often the machine was started for it: it is started again while something is on. */
  times: number;
  /** The spending of the day when it was started first, in US dollars. */
  usd: number;
  /** When it was started last, ISO 8601 in UTC. */
  at: string;
  /** Who ended it. */
  endedBy?: string;
}

export async function newestEmergency(): Promise<Emergency | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: KEY, ConsistentRead: true }));
  return Item as Emergency | undefined;
}

export async function putEmergency(emergency: Emergency): Promise<void> {
  await table.send(new PutCommand({ TableName: tableName(), Item: { ...KEY, ...emergency } }));
}

/** Ends it: what is on is a person's wish again. */
export async function endEmergency(by: string): Promise<void> {
  // Refused where there never was one.
  await conditionHeld(
    table.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: KEY,
        UpdateExpression: 'SET endedBy = :by',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':by': by },
      }),
    ),
  );
}

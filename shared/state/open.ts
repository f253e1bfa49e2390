import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Keep } from './overrides.ts';
import type { Run } from './runs.ts';
import { OPEN_INDEX, table, tableName } from './table.ts';

/** What somebody still has to look after. */
export interface Open {
  runs: Run[];
  /** What people keep on, and for a week what they kept: that a keep ends is for the sweeper to see. */
  keeps: Keep[];
}

/** Everything open, by one question however much there is to operate. The index lags by moments: check before acting. */
export async function openItems(): Promise<Open> {
  const open: Open = { runs: [], keeps: [] };
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: tableName(),
        IndexName: OPEN_INDEX,
        KeyConditionExpression: '#open = :open',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':open': 'open' },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const item of page.Items ?? [])
      if (item['sk'] === 'keep') open.keeps.push(item as Keep);
      else open.runs.push(item as Run);
    start = page.LastEvaluatedKey;
  } while (start);
  return open;
}

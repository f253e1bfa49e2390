import type { Keep } from './overrides.ts';
import { allOf } from './query.ts';
import type { Run } from './runs.ts';
import { OPEN_INDEX } from './table.ts';

/** What somebody still has to look after. */
export interface Open {
  runs: Run[];
  /** What people keep on, and for a week what they kept: that a keep ends is for the sweeper to see. */
  keeps: Keep[];
}

/** Everything open, by one question however much there is to operate. The index lags by moments: check before acting. */
export async function openItems(): Promise<Open> {
  const items = await allOf<(Run | Keep) & { sk: string }>({
    IndexName: OPEN_INDEX,
    KeyConditionExpression: '#open = :open',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':open': 'open' },
  });
  const open: Open = { runs: [], keeps: [] };
  for (const item of items)
    if (item.sk === 'keep') open.keeps.push(item as Keep);
    else open.runs.push(item as Run);
  return open;
}

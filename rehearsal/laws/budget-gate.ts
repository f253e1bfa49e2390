import type { Of } from '../journal.ts';

/** The gate that a call closed because a limit of spending is reached; `workload` is '' for the stage. */
export function closedForBudget({
  service,
  operation,
  input,
  error,
}: Of<'call'>): { workload: string; until: number } | undefined {
  if (service !== 'dynamodb' || operation !== 'PutItem' || error) return undefined;
  const { Item } = input as { Item: Record<string, { S?: string } | undefined> };
  const until = Item['until']?.S;
  if (Item['sk']?.S !== 'budget' || until === undefined) return undefined;
  return { workload: Item['workload']?.S ?? '', until: Date.parse(until) };
}

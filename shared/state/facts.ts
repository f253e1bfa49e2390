import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Breaker } from './breaker.ts';
import { type BudgetGate, isClosed } from './budget-gate.ts';
import { isOver, type Override } from './overrides.ts';
import { table, tableName } from './table.ts';

/** What is kept of a workload, or of the whole stage, beside its runs. */
export interface Facts {
  /** What people said that holds now. */
  words: Override[];
  breaker?: Breaker;
  /** The run that has the right to run, and until when, in seconds since the epoch. */
  lease?: { holder: string; until: number };
  /** Over its budget: nothing starts until then. */
  budget?: BudgetGate;
}

/**
 * Everything but the runs, by one question.
 *
 * @param workload the whole stage without it
 * @param now milliseconds since the epoch
 */
export async function factsOf(workload: string | undefined, now: number = Date.now()): Promise<Facts> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName(),
      // Whatever is kept, its key comes before `run#`.
      KeyConditionExpression: 'pk = :pk AND sk < :runs',
      ExpressionAttributeValues: { ':pk': workload === undefined ? 'stage' : `workload#${workload}`, ':runs': 'run#' },
      ConsistentRead: true,
    }),
  );
  return factsIn(new Map(Items.map((item) => [String(item['sk']), item])), now);
}

/**
 * The facts among the items of a workload, or of the stage.
 *
 * @param items by their sort keys
 * @param now milliseconds since the epoch
 */
export function factsIn(items: ReadonlyMap<string, object>, now: number): Facts {
  const words = ['gate', 'override', 'keep'].flatMap((sk) => (items.get(sk) as Override | undefined) ?? []);
  const breaker = items.get('breaker') as Breaker | undefined;
  const lease = items.get('lease') as Facts['lease'];
  const budget = items.get('budget') as BudgetGate | undefined;
  return {
    words: words.filter((word) => !isOver(word, now)),
    ...(breaker && { breaker }),
    ...(lease && lease.until * 1000 > now && { lease }),
    ...(budget && isClosed(budget, now) && { budget }),
  };
}

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
  const items = new Map(Items.map((item) => [String(item['sk']), item]));
  const words = ['gate', 'override', 'keep'].flatMap((sk) => (items.get(sk) as Override | undefined) ?? []);
  const [breaker, lease, budget] = ['breaker', 'lease', 'budget'].map((sk) => items.get(sk));
  return {
    words: words.filter((word) => !isOver(word, now)),
    ...(breaker && { breaker: breaker as Breaker }),
    ...(lease && Number(lease['until']) * 1000 > now && { lease: lease as Facts['lease'] }),
    ...(budget && isClosed(budget as BudgetGate, now) && { budget: budget as BudgetGate }),
  };
}

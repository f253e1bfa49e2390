import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { table, tableName } from './table.ts';

type Query = Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>;

/** What a query of the stage's table finds, page by page: who has enough asks for no further one. */
export async function* pagesOf<T>(query: Query): AsyncGenerator<T[], void> {
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await table.send(
      new QueryCommand({ TableName: tableName(), ...query, ...(start && { ExclusiveStartKey: start }) }),
    );
    yield Items as T[];
    start = LastEvaluatedKey;
  } while (start);
}

/** All that a query of the stage's table finds, however many pages that are. */
export async function allOf<T>(query: Query): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pagesOf<T>(query)) items.push(...page);
  return items;
}

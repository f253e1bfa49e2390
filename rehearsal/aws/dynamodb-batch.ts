import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { AwsError } from './errors.ts';

type Fields = Record<string, unknown>;
type Attributes = Parameters<typeof unmarshall>[0];

interface Asked {
  RequestItems: Record<string, { Keys: Fields[]; ConsistentRead?: boolean }>;
}

const AT_MOST = 100;

/**
 * BatchGetItem, by reads of one item each: what is not there is not in the answer.
 *
 * @source DynamoDB API reference, BatchGetItem: at most 100 items, and no key twice
 */
export async function batchGet(asked: Fields, get: (input: Fields) => Promise<Fields>): Promise<Fields> {
  const tables = Object.entries((asked as unknown as Asked).RequestItems);
  const keys = tables.flatMap(([table, { Keys }]) => Keys.map((key) => JSON.stringify([table, key])));
  if (keys.length > AT_MOST)
    throw new AwsError('ValidationException', 'Too many items requested for the BatchGetItem call');
  if (new Set(keys).size < keys.length)
    throw new AwsError('ValidationException', 'Provided list of item keys contains duplicates');
  const Responses: Record<string, unknown[]> = {};
  for (const [table, { Keys, ConsistentRead }] of tables) {
    const answers = await Promise.all(Keys.map((Key) => get({ TableName: table, Key, ConsistentRead })));
    Responses[table] = answers.flatMap(({ Item }) => (Item ? [Item] : []));
  }
  return { Responses, UnprocessedKeys: {} };
}

/** The keys as DynamoDB knows them. */
export function batchMarshalled(asked: Fields): Fields {
  const { RequestItems } = asked as unknown as Asked;
  const raw = Object.entries(RequestItems).map(([table, { Keys, ...rest }]) => [
    table,
    { ...rest, Keys: Keys.map((key) => marshall(key)) },
  ]);
  return { ...asked, RequestItems: Object.fromEntries(raw) };
}

/** The items as plain values. */
export function batchUnmarshalled(output: Fields): Fields {
  const { Responses } = output as { Responses: Record<string, Attributes[]> };
  const plain = Object.entries(Responses).map(([table, items]) => [table, items.map((item) => unmarshall(item))]);
  return { ...output, Responses: Object.fromEntries(plain) };
}

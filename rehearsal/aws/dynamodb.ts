import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { World } from '../world.ts';
import { carryOut } from './dynalite.ts';
import { batchGet, batchMarshalled, batchUnmarshalled } from './dynamodb-batch.ts';
import { packed, unpacked } from './dynamodb-packed.ts';
import { type Store, storeInMemory } from './dynamodb-store.ts';
import { AwsError } from './errors.ts';

type Fields = Record<string, unknown>;

const OPERATIONS = ['CreateTable', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'] as const;
const PLAIN_INPUTS = ['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey'];
const PLAIN_OUTPUTS = ['Item', 'Attributes', 'LastEvaluatedKey'];

/** DynamoDB: dynalite, in memory. */
export class DynamoDb {
  readonly #world: World;
  readonly #store: Store = storeInMemory();

  constructor(world: World) {
    this.#world = world;
    world.services['dynamodb'] = Object.fromEntries(
      OPERATIONS.map((operation) => [
        operation,
        (input: Fields) => world.clock.inRealTime(() => this.#call(operation, input)),
      ]),
    );
    world.services['dynamodb']['BatchGetItem'] = (input: Fields) =>
      world.clock.inRealTime(() => batchGet(input, (one) => this.#act('GetItem', one)));
  }

  /** The same for the document client, whose items are plain values. */
  async callPlain(caller: string, operation: string, input: Fields): Promise<Fields> {
    if (operation === 'BatchGetItem')
      return batchUnmarshalled(
        (await this.#world.call(caller, 'dynamodb', operation, batchMarshalled(input))) as Fields,
      );
    const raw = { ...input };
    for (const name of PLAIN_INPUTS) if (raw[name]) raw[name] = marshall(raw[name], { removeUndefinedValues: true });
    const output = { ...((await this.#world.call(caller, 'dynamodb', operation, raw)) as Fields) };
    for (const name of PLAIN_OUTPUTS)
      if (output[name]) output[name] = unmarshall(output[name] as Parameters<typeof unmarshall>[0]);
    if (Array.isArray(output['Items'])) output['Items'] = output['Items'].map((item) => unmarshall(item));
    return output;
  }

  /** Creates a table of the template. */
  async create(name: string, properties: Fields): Promise<void> {
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = properties;
    await this.#world.clock.inRealTime(() =>
      this.#call('CreateTable', {
        TableName: name,
        AttributeDefinitions,
        KeySchema,
        GlobalSecondaryIndexes,
        BillingMode,
      }),
    );
  }

  async #call(
    operation: (typeof OPERATIONS)[number],
    { ReturnValuesOnConditionCheckFailure: returns, ...input }: Fields,
  ): Promise<Fields> {
    try {
      const output = await this.#act(operation, input);
      await this.#watch(operation, input);
      return output;
    } catch (error) {
      if (!(error instanceof AwsError && error.name === 'ConditionalCheckFailedException' && returns === 'ALL_OLD'))
        throw error;
      // Dynalite does not know this parameter: what DynamoDB would return is read.
      const { pk, sk } = (input['Item'] ?? input['Key']) as Fields;
      const { Item } = await this.#act('GetItem', {
        TableName: input['TableName'],
        Key: { pk, sk },
        ConsistentRead: true,
      });
      throw new AwsError(error.name, error.message, { Item });
    }
  }

  async #act(operation: (typeof OPERATIONS)[number], input: Fields): Promise<Fields> {
    const asked = operation === 'PutItem' ? { ...input, Item: packed(input['Item']) } : input;
    return unpacked(await carryOut(this.#store, operation, asked));
  }

  /** The laws watch the records of runs, as they are written. */
  async #watch(operation: string, input: Fields): Promise<void> {
    if (operation !== 'PutItem' && operation !== 'UpdateItem') return;
    const key = (input['Item'] ?? input['Key']) as { pk?: { S: string }; sk?: { S: string } };
    if (!key.sk?.S.startsWith('run#')) return;
    const { Item } = await this.#act('GetItem', {
      TableName: input['TableName'],
      Key: { pk: key.pk, sk: key.sk },
      ConsistentRead: true,
    });
    const item = unmarshall(Item as Parameters<typeof unmarshall>[0]);
    this.#world.journal.write({
      what: 'record',
      workload: item['workload'],
      key: item['key'],
      status: item['status'],
      item,
    });
  }
}

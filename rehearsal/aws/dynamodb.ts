import { createRequire } from 'node:module';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { World } from '../world.ts';
import { rememberConditions } from './dynamodb-conditions.ts';
import { type Store, storeInMemory } from './dynamodb-store.ts';
import { AwsError } from './errors.ts';

rememberConditions();
// Dynalite's own request handler adds HTTP and signatures, three quarters of the time of a call; below it are these.
const require = createRequire(import.meta.url);
const validations = require('dynalite/validations') as {
  checkTypes(data: object, types: object): object;
  checkValidations(data: object, types: object, custom: unknown, store: Store): void;
};

type Fields = Record<string, unknown>;
type Action = (store: Store, data: object, done: (error: DynaliteError | null, output: Fields) => void) => void;
interface DynaliteError extends Error {
  statusCode?: number;
  body?: { __type: string; message?: string };
}

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
  }

  /** The same for the document client, whose items are plain values. */
  async callPlain(caller: string, operation: string, input: Fields): Promise<Fields> {
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

  #act(operation: (typeof OPERATIONS)[number], input: Fields): Promise<Fields> {
    const file = operation.charAt(0).toLowerCase() + operation.slice(1);
    const { types, custom } = require(`dynalite/validations/${file}`) as { types: object; custom: unknown };
    const action = require(`dynalite/actions/${file}`) as Action;
    return new Promise((resolve, reject) => {
      try {
        // It takes from the request what it does not know, and copies the rest.
        const data = validations.checkTypes({ ...input }, types);
        validations.checkValidations(data, types, custom, this.#store);
        action(this.#store, data, (error, output) => (error ? reject(named(error)) : resolve(output)));
      } catch (error) {
        reject(named(error as DynaliteError));
      }
    });
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

function named(error: DynaliteError): Error {
  const type = error.body?.__type.split('#')[1];
  return type ? new AwsError(type, error.body?.message ?? type) : error;
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';
import { listen, pretendAws } from '../http.ts';

const require = createRequire(import.meta.url);
const dynalite = require('dynalite') as (options: object) => {
  listeners(event: 'request'): Parameters<typeof listen>[0][];
};

type Table = ConstructorParameters<typeof CreateTableCommand>[0];

/**
 * DynamoDB with the table of resources/state.yml, as a real server. It has to be started before anything that builds
 * a client is imported: `const { claimRun } = await import('…/runs.ts')`.
 */
export async function startDatabase(): Promise<{ stop: () => Promise<void> }> {
  const [listener = () => undefined] = dynalite({ createTableMs: 0 }).listeners('request');
  const { url, close } = await listen(listener);
  pretendAws({ DYNAMODB: url });
  process.env['STATE_TABLE'] = 'state';
  const { Resources } = parse(readFileSync('resources/state.yml', 'utf8'));
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = Resources.StateTable.Properties;
  const table: Table = { TableName: 'state', AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode };
  const client = new DynamoDBClient({});
  await client.send(new CreateTableCommand(table));
  client.destroy();
  return { stop: close };
}

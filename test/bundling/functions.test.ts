import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { bundle } from '../../bundling/build.ts';
import { run } from './run.ts';
import { standIn } from './stand-in.ts';

const outdir = mkdtempSync(join(tmpdir(), 'lamplighter-bundles-'));
const names = globSync('functions/*/handler.ts').map((entry) => basename(dirname(entry)));
const bundles = new Map<string, Promise<string>>();
const packaged = process.env['PACKAGED_STAGES'];

test.each(names.sort())('%s bundled - loads and has a handler', async (name) => {
  await expect(run(await bundled(name))).resolves.toEqual({ result: 'loaded' });
});

test('operations that a function does not call - are not in its bundle', async () => {
  const code = readFileSync(await bundled('start-instance'), 'utf8');
  expect(code).toContain('DescribeInstances');
  expect(code).not.toContain('CreateVpnConnection');
});

describe('start-instance bundled', () => {
  const event = { instanceId: 'i-1', deadlineAt: '2999-01-01T00:00:00Z' };
  const state = (name: string) => ({
    body: `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet><item>
      <instancesSet><item><instanceId>i-1</instanceId><instanceState><code>80</code><name>${name}</name></instanceState>
      </item></instancesSet></item></reservationSet></DescribeInstancesResponse>`,
  });
  const refusal = (code: string) => ({
    status: 400,
    body: `<Response><Errors><Error><Code>${code}</Code><Message>said by EC2</Message></Error></Errors></Response>`,
  });

  test('a stopped instance - is started', async () => {
    const started = { body: '<StartInstancesResponse><instancesSet/></StartInstancesResponse>' };
    await using aws = await standIn(state('stopped'), started);
    const outcome = await run(await bundled('start-instance'), event, at(aws.url));
    expect(outcome).toEqual({ result: { at: expect.any(String) } });
    expect(aws.asked.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))).toEqual([
      { Action: 'DescribeInstances', Version: '2016-11-15', 'InstanceId.1': 'i-1' },
      { Action: 'StartInstances', Version: '2016-11-15', 'InstanceId.1': 'i-1' },
    ]);
  });

  test('an instance that EC2 does not know - is InstanceNotFound', async () => {
    await using aws = await standIn(refusal('InvalidInstanceID.NotFound'));
    const outcome = await run(await bundled('start-instance'), event, at(aws.url));
    expect(outcome).toMatchObject({ error: { name: 'InstanceNotFound' } });
  });

  test('no capacity - keeps the name that the state machine matches', async () => {
    await using aws = await standIn(state('stopped'), refusal('InsufficientInstanceCapacity'));
    const outcome = await run(await bundled('start-instance'), event, at(aws.url));
    expect(outcome).toEqual({ error: { name: 'InsufficientInstanceCapacity', message: 'said by EC2' } });
  });
});

describe('override-workload bundled', () => {
  const event = { act: 'pause', by: 'me', why: 'holidays' };
  const env = { STATE_TABLE: 'state' };

  test('a pause - is written to the table', async () => {
    await using aws = await standIn(...Array(3).fill({ body: '{}' }));
    const outcome = await run(await bundled('override-workload'), event, { ...env, ...at(aws.url) });
    expect(outcome).toEqual({ result: { said: 'pause the stage' } });
    // Whether somebody says the contrary is looked at first.
    expect(aws.asked.map(({ request }) => request.headers['x-amz-target'])).toEqual(
      ['GetItem', 'PutItem', 'PutItem'].map((operation) => `DynamoDB_20120810.${operation}`),
    );
    expect(JSON.parse(aws.asked[2]?.body ?? '')).toMatchObject({
      TableName: 'state',
      Item: { pk: { S: 'stage' }, sk: { S: 'gate' }, act: { S: 'pause' }, why: { S: 'holidays' } },
    });
  });

  test('a refused condition - keeps the name of the error', async () => {
    const type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
    await using aws = await standIn({ status: 400, body: JSON.stringify({ __type: type, message: 'no' }) });
    const outcome = await run(await bundled('override-workload'), event, { ...env, ...at(aws.url) });
    expect(outcome).toEqual({ error: { name: 'ConditionalCheckFailedException', message: 'no' } });
  });
});

function bundled(name: string): Promise<string> {
  const file =
    bundles.get(name) ?? (packaged ? unpacked(name, packaged) : bundle(`functions/${name}/handler.ts`, outdir));
  bundles.set(name, file);
  return file;
}

/** What was packaged once for all tests: to bundle all functions again takes most of a minute. */
async function unpacked(name: string, folder: string): Promise<string> {
  const zip = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const entry = `functions/${name}/handler.cjs`;
  const code = unzipSync(readFileSync(join(folder, 'ec2-batch', `${zip}.zip`)))[entry];
  if (!code) throw new Error(`${zip}.zip has no ${entry}`);
  const file = join(outdir, `${name}.cjs`);
  writeFileSync(file, code);
  return file;
}

function at(url: string): Record<string, string> {
  return { AWS_ENDPOINT_URL: url };
}

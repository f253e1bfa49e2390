import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Serverless } from '../../plugin/framework.ts';
import { useModelWithoutCredentials } from '../../plugin/local.ts';
import { COMPILED } from '../emulator/service.ts';

interface Ending {
  status: number;
  stdout: string;
  stderr: string;
}

const functions = readdirSync('functions', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const eventOf = (name: string) => `functions/${name}/event.json`;
const home = mkdtempSync(join(tmpdir(), 'lamplighter-home-'));
const endings = new Map<string, Ending>();

/** What the answer to a sample has to hold: that the world was ready for it, not only that nothing was thrown. */
const ANSWERS: Record<string, object> = {
  'admit-recovery': { decision: 'recover', run: { workload: 'web', by: 'checks' } },
  'ask-service': { isDown: false },
  'order-recovery': { said: 'web is being recovered' },
  'settle-recovery': { status: 'skipped' },
  'choose-rung': { choice: { rung: 'none', end: 'well' } },
  'admit-run': { decision: 'run', run: { workload: 'makenaide' } },
  'check-command': { exitCode: 0 },
  'check-health': { checks: { ok: 5, failed: 1, unknown: 2 } },
  'check-instance': { state: 'stopped', isOn: false },
  'notify-discord': { batchItemFailures: [] },
  'notify-slack': { batchItemFailures: [] },
  'notify-sns': { batchItemFailures: [] },
  'route-notices': { batchItemFailures: [] },
  'acknowledge-incident': { acknowledged: [] },
  'list-incidents': { incidents: [] },
  'notify-teams': { batchItemFailures: [] },
  'notify-webhook': { batchItemFailures: [] },
  'record-heartbeat': { service: 'server' },
  'serve-page': { statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' } },
  'serve-status': { statusCode: 200, body: expect.stringContaining('"name":"makenaide","kind":"batch","now":"off"') },
  'settle-run': { status: 'succeeded' },
  'tend-queues': { queues: { thumbnails: { backlog: 0, workers: 0, max: 50 }, mails: { backlog: 0 } }, told: [] },
  'publish-queue-metrics': { queues: { thumbnails: { reading: { waiting: 0, active: 0, failed: 0 } } } },
  'publish-private-queue-metrics': { queues: { crawl: { reading: { waiting: 0, active: 0, due: 0 } } } },
  'clean-queue': { completed: 0, failed: 0 },
  'show-status': { stage: 'dev', workloads: { makenaide: { kind: 'batch', now: 'off', held: [] } } },
};

const AS_A_USER = ['npx', ['sls']] as const;

/** The stage dev has none of these channels, and watches nothing. */
const STAGES: [RegExp, string][] = [
  [/^notify-(slack|sns|teams|webhook)$/, 'examples/all-channels.yml'],
  [/^(check-health|record-heartbeat)$/, 'test/fixtures/services.yml'],
  [/^(tend-queues|publish-queue-metrics)$/, 'test/fixtures/queues.yml'],
  [/^(publish-private-queue-metrics|clean-queue)$/, 'examples/hybrid-queue-scaling.yml'],
  [/^(admit-recovery|ask-service|choose-rung|order-recovery|settle-recovery)$/, 'examples/external-monitoring.yml'],
];
const stageOf = (name: string) =>
  STAGES.filter(([of]) => of.test(name)).flatMap(([, file]) => ['--param', `stageFile=${file}`]);

// Each starts the framework anew: two at a time, and no one waits for a slow one. npx, and modules that nothing has
// compiled yet, are more than half of the work: the two tests that call it as a user does have both.
beforeAll(async () => {
  const waiting = [...functions];
  const work = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift())
      endings.set(name, await invoke(camel(name), ['--path', eventOf(name), ...stageOf(name)]));
  };
  await Promise.all([work(), work()]);
}, functions.length * 60_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

test.each(functions)('%s without AWS - its sample event gives an answer', (name) => {
  expect(existsSync(eventOf(name))).toBe(true);
  const { status, stdout, stderr } = endings.get(name) ?? { status: -1, stdout: '', stderr: '' };
  expect({ status, stderr, stdout: status === 0 ? '' : stdout }).toEqual({
    status: 0,
    stderr: expect.stringContaining("No AWS credentials: AWS is the rehearsal's model."),
    stdout: '',
  });
  expect(JSON.parse(stdout)).toMatchObject(ANSWERS[name] ?? {});
});

test('as a user calls it - the same answer', async () => {
  const { status, stdout, stderr } = await invoke('checkInstance', ['--path', eventOf('check-instance')], ...AS_A_USER);
  expect(status).toBe(0);
  expect(stderr).toContain("No AWS credentials: AWS is the rehearsal's model.");
  expect(JSON.parse(stdout)).toMatchObject(ANSWERS['check-instance'] ?? {});
});

test('an event that does not fit the contract - the message names what is wrong, exit status 1', async () => {
  const { status, stdout } = await invoke('checkInstance', ['--data', '{"want":"any"}'], ...AS_A_USER);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    errorType: 'InvalidInput',
    errorMessage: expect.stringContaining('instanceId'),
  });
});

const NOTHING_FOUND = Object.assign(new Error('no credentials'), { code: 'AWS_CREDENTIALS_NOT_FOUND' });
const NO_DEFAULT = Object.assign(new Error('AWS profile "default" is not there'), { code: 'UNRECOGNIZED_AWS_PROFILE' });

test.each<[string, Record<string, string>, Error | undefined, boolean]>([
  ['nothing at all', {}, NOTHING_FOUND, true],
  ['a file with a region only', {}, NO_DEFAULT, true],
  ['credentials in a file', {}, undefined, false],
  ['an expired login', {}, new Error('the SSO session has expired'), false],
  ['a key', { AWS_ACCESS_KEY_ID: 'key' }, undefined, false],
  ['a profile that does not exist', { AWS_PROFILE: 'default' }, NO_DEFAULT, false],
  ['an emulator', { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, NOTHING_FOUND, false],
])('%s - the model takes the place of AWS only where there is none', async (_, environment, error, isModel) => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, environment);
  const hooks = { 'before:invoke:local:invoke': [] };
  class AwsInvokeLocal {}
  const framework = {
    processedInput: { commands: ['invoke', 'local'], options: {} },
    configurationInput: {},
    utils: {},
    pluginManager: { hooks, plugins: [new AwsInvokeLocal()] },
    getProvider: () => ({
      getRegion: () => 'eu-west-1',
      getAwsSdkV3CredentialsProvider: () => () => (error ? Promise.reject(error) : Promise.resolve({})),
    }),
  };
  await useModelWithoutCredentials(framework as unknown as Serverless);
  expect('before:invoke:local:invoke' in hooks).toBe(!isModel);
});

/** `sls invoke local` as on a laptop that has just cloned the project; a machine in EC2 would have credentials. */
function invoke(
  name: string,
  rest: string[],
  program = process.execPath,
  args: readonly string[] = ['node_modules/serverless/bin/serverless.js'],
): Promise<Ending> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(program === process.execPath && { NODE_COMPILE_CACHE: COMPILED }),
  };
  return new Promise((resolve) => {
    const child = execFile(
      program,
      [...args, 'invoke', 'local', '-f', name, ...rest],
      { env, timeout: 120_000 },
      (error, stdout, stderr) => resolve({ status: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

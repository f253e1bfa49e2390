import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Serverless } from '../../plugin/framework.ts';
import { useModelWithoutCredentials } from '../../plugin/local.ts';
import { apart } from '../../rehearsal/apart.ts';
import { writeWeb } from '../../web/build.ts';
import { packaged, type StageName } from '../rehearsal/stage.ts';
import type { Answers, Invocations } from './invocations.ts';

interface Ending {
  status: number;
  stdout: string;
  stderr: string;
}

const functions = readdirSync('functions', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const fileOf = (name: string) => `functions/${name}/event.json`;
const home = mkdtempSync(join(tmpdir(), 'lamplighter-home-'));
const answers: Answers = {};

/** What the answer to a sample has to hold: that the world was ready for it, not only that nothing was thrown. */
const ANSWERS: Record<string, object> = {
  'admit-recovery': { decision: 'recover', run: { workload: 'web', by: 'checks' } },
  'carry-out-command': { done: true },
  'receive-interaction': { statusCode: 401 },
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
  'await-steps': { waitsFor: ['kospi', 'kosdaq'] },
  'begin-step': { decision: 'run', secondsLeft: 1800 },
  'end-step': { status: 'passed-over', reason: 'kospi did not succeed' },
  'watch-pipeline': { found: 'nothing' },
  'sweep-pipelines': { open: 0, ended: [], started: [] },
  'call-http': { status: 202, numbers: {} },
  'start-dag': { id: 'lamplighter__everything__2026-11-23T23:57__warehouse__1.1' },
  'check-dag': { startedAt: expect.any(String), endedAt: expect.any(String) },
  'serve-page': { statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' } },
  'serve-status': { statusCode: 200, body: expect.stringContaining('"name":"makenaide","kind":"batch","now":"off"') },
  'settle-run': { status: 'succeeded' },
  'tend-queues': { queues: { thumbnails: { backlog: 0, workers: 0, max: 50 }, mails: { backlog: 0 } }, told: [] },
  'publish-queue-metrics': { queues: { thumbnails: { reading: { waiting: 0, active: 0, failed: 0 } } } },
  'publish-private-queue-metrics': { queues: { crawl: { reading: { waiting: 0, active: 0, due: 0 } } } },
  'clean-queue': { completed: 0, failed: 0 },
  'show-status': { stage: 'dev', workloads: { makenaide: { kind: 'batch', now: 'off', held: [] } } },
};

/** Samples of what the first stage does not have. */
const STAGES_OF: [RegExp, StageName][] = [
  [/^notify-(slack|sns|teams)$/, 'variants'],
  [/^(check-health|record-heartbeat)$/, 'services'],
  [/^(tend-queues|publish-queue-metrics)$/, 'queues'],
  [/^(publish-private-queue-metrics|clean-queue)$/, 'hybrid-queue-scaling'],
  [
    /^(admit-recovery|ask-service|carry-out-command|choose-rung|order-recovery|receive-interaction|settle-recovery)$/,
    'external-monitoring',
  ],
  [/^(await-health|check-data-loss|check-stack|look-up-image-tags)$/, 'environment-hours'],
  [/^(await-steps|begin-step|end-step|sweep-pipelines|watch-pipeline)$/, 'daily-batch'],
  [/^(call-http|check-dag|start-dag)$/, 'pipelines'],
];
const stageOf = (name: string): StageName => STAGES_OF.find(([of]) => of.test(name))?.[1] ?? 'ec2-batch';

// The framework takes seconds to read a stage, and says the same of it each time. So it does that for a few functions, as a
// user has it; the others go by what the plugin does then, `invokeInModel`, with stages that were packaged already.
const BY_CLI = { 'check-instance': [], 'notify-webhook': ['--param', 'stageFile=examples/all-channels.yml'] };

beforeAll(async () => {
  const environment = { WEB_FOLDER: join(home, 'web') };
  await writeWeb(environment.WEB_FOLDER);
  const stages = Object.entries(
    Object.groupBy(
      functions.filter((name) => !(name in BY_CLI)),
      stageOf,
    ),
  );
  for (const [stage, names = []] of stages) {
    const eventsOf = names.map((name) => [
      `lamplighter-dev-${camel(name)}`,
      JSON.parse(readFileSync(fileOf(name), 'utf8')),
    ]);
    const asked: Invocations = { ...packaged(stage as StageName), environment, events: Object.fromEntries(eventsOf) };
    const worker = new URL('./invocations.ts', import.meta.url);
    Object.assign(answers, await apart<Invocations, Answers>(worker, 'the functions', asked, () => undefined));
  }
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

test.each(functions.filter((name) => !(name in BY_CLI)))(
  '%s without AWS - its sample event gives an answer',
  (name) => {
    expect(answers[`lamplighter-dev-${camel(name)}`]).toEqual({ result: expect.anything() });
    expect(answers[`lamplighter-dev-${camel(name)}`]).toMatchObject({ result: ANSWERS[name] ?? {} });
  },
);

test.each(Object.entries(BY_CLI))('%s as a user calls it - its sample event gives an answer', async (name, options) => {
  const { status, stdout, stderr } = await invoke(camel(name), ['--path', fileOf(name), ...options]);
  expect({ status, stderr, stdout: status === 0 ? '' : stdout }).toEqual({
    status: 0,
    stderr: expect.stringContaining("No AWS credentials: AWS is the rehearsal's model."),
    stdout: '',
  });
  expect(JSON.parse(stdout)).toMatchObject(ANSWERS[name] ?? {});
});

test('an event that does not fit the contract - the message names what is wrong, exit status 1', async () => {
  const { status, stdout } = await invoke('checkInstance', ['--data', '{"want":"any"}']);
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
function invoke(name: string, rest: string[]): Promise<Ending> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, AWS_EC2_METADATA_DISABLED: 'true' };
  return new Promise((resolve) => {
    const child = execFile(
      'npx',
      ['sls', 'invoke', 'local', '-f', name, ...rest],
      { env, timeout: 120_000 },
      (error, stdout, stderr) => resolve({ status: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

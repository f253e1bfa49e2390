import { afterEach, describe, expect, test } from '@jest/globals';
import type { Serverless } from '../../../../plugin/framework.ts';
import type { Aws } from '../../../../plugin/ops/doctor/aws.ts';
import type { Finding } from '../../../../plugin/ops/doctor/finding.ts';
import { doctor, examine } from '../../../../plugin/ops/doctor.ts';
import type { CompiledStage } from '../../../../shared/stage/compiled.ts';
import { aNotify, anEnvironment, aStage, aWorkload, INSTANCE } from '../../../shared/builders.ts';
import { aPipeline } from '../../../shared/pipeline/builders.ts';
import { aContext } from '../context.ts';
import { workersThatAreThere } from './workers.ts';

const SECRET = 'https://discord.example/api/webhooks/1/token-that-nobody-may-see';
const ARN = 'arn:aws:iam::123456789012:user/kim';
const denied = () => Promise.reject(Object.assign(new Error('not authorized to perform it'), { name: 'AccessDenied' }));

/** An account in which everything is as it should be, before or after the deployment. */
function anAws(aws: Partial<Aws> = {}): Aws {
  return {
    caller: async () => ARN,
    optIn: async () => 'opt-in-not-required',
    concurrency: async () => 1000,
    parameter: async () => ({ type: 'SecureString', value: SECRET }),
    smsSandbox: async () => ({ isInSandbox: false, verified: [] }),
    hasOptedOut: async () => false,
    instance: async () => ({ state: 'running', type: 't3.medium', profile: 'arn:profile', rootDevice: 'ebs' }),
    shutdown: async () => 'stop',
    agent: async (): Promise<string | undefined> => 'Online',
    documentStatus: async (): Promise<string | undefined> => 'Active',
    hasObject: async () => true,
    hasBucket: async () => true,
    trustOf: async () => ['cloudformation.amazonaws.com'],
    images: async () => 3,
    ...workersThatAreThere,
    stackStatus: async (name) => (name === 'lamplighter-dev' ? 'UPDATE_COMPLETE' : undefined),
    deployed: async () => [
      { id: 'StateTable', type: 'AWS::DynamoDB::Table', name: 'table' },
      { id: 'ShowStatusLambdaFunction', type: 'AWS::Lambda::Function', name: 'lamplighter-dev-showStatus' },
      { id: 'RunBatch', type: 'AWS::StepFunctions::StateMachine', name: 'arn:machine' },
      { id: 'DeadLetters', type: 'AWS::SQS::Queue', name: 'https://queue' },
    ],
    tableStatus: async () => 'ACTIVE',
    machineStatus: async () => 'ACTIVE',
    functionState: async () => 'Active',
    messages: async () => 0,
    subscribers: async () => [{ endpoint: 'ops@example.com', isConfirmed: true }],
    ...aws,
  };
}

interface World {
  stage?: Partial<CompiledStage>;
  aws?: Partial<Aws>;
  status?: number | Error;
  answers?: Record<string, unknown>;
}

async function found({ stage = {}, aws, status = 200, answers = { showStatus: {} } }: World = {}): Promise<Finding[]> {
  const { context } = aContext({}, { answers });
  const prices = { 't3.medium': 0.05, 'r6i.large': 0.15 };
  const instance = { id: INSTANCE, type: 't3.medium' };
  const workloads = {
    nightly: aWorkload({ instance }),
    'chat-app': anEnvironment({ parts: [{ name: 'ECS', count: 1, hourly: 0.1 }] }),
  };
  const serverless = {
    service: { functions: { showStatus: {} } },
    configurationInput: { stepFunctions: { stateMachines: { runBatch: { id: 'RunBatch' } } } },
  } as unknown as Serverless;
  const fetch = async () => {
    if (status instanceof Error) throw status;
    return status;
  };
  const findings = await examine(
    { ...context, serverless, stage: aStage({ prices, workloads, ...stage }) },
    {
      aws: async () => anAws(aws),
      fetch,
      certificateEnd: async () => undefined,
      now: () => Date.parse('2026-11-02T00:00:00Z'),
    },
  );
  // Law 9, whatever is wrong.
  expect(JSON.stringify(findings)).not.toContain('token-that-nobody-may-see');
  return findings;
}

const about = async (what: string, world?: World) => (await found(world)).filter((finding) => finding.about === what);

test('everything is there - nothing is wrong, and nothing is left out', async () => {
  const findings = await found();
  expect(findings.filter(({ level }) => level === 'error' || level === 'warning')).toEqual([]);
  expect(findings.map((finding) => finding.about)).toEqual([
    ...['calendar', 'prices', 'credentials', 'region ap-northeast-2', 'Lambda'],
    ...['nightly: instance', 'nightly: shutdown', 'nightly: SSM agent'],
    ...['chat-app: stack', 'chat-app: template', 'chat-app: service role', 'chat-app: images'],
    ...['parameter /lamplighter/dev/chat', 'channel chat'],
    ...['deployment', 'functions', 'machines', 'table', 'dead letters', 'answer'],
  ]);
});

const none = async () => undefined;
const instance = (more: object) => async () => ({
  ...{ state: 'stopped', type: 't3.medium', profile: 'arn:profile' as string | undefined, rootDevice: 'ebs' },
  ...more,
});

test.each<[string, string, World, Finding['level'], string, string]>([
  [
    'an exchange whose list ends this year',
    'collection: closed days',
    { stage: { workloads: { collection: aPipeline({ closed: { '2026-12-31': 'KRX', '2026-05-01': 'KRX' } }) } } },
    'warning',
    'none of 2027; KRX is closed on 2026-12-31',
    'write those of 2027',
  ],
  [
    'a region that is off',
    'region ap-northeast-2',
    { aws: { optIn: async () => 'not-opted-in' } },
    'error',
    'not enabled',
    'aws account enable-region',
  ],
  [
    'a region that is none',
    'region ap-northeast-2',
    { aws: { optIn: none } },
    'error',
    'no such region',
    'correct region',
  ],
  ['a new account', 'Lambda', { aws: { concurrency: async () => 10 } }, 'warning', '10 functions', 'L-B99A9384'],
  ['no instance', 'nightly: instance', { aws: { instance: none } }, 'error', 'no instance i-0', 'correct instance.id'],
  [
    'a terminated instance',
    'nightly: instance',
    { aws: { instance: instance({ state: 'terminated' }) } },
    'error',
    'is terminated',
    'make a new one',
  ],
  [
    'another type',
    'nightly: instance',
    { aws: { instance: instance({ type: 't3.large' }) } },
    'warning',
    'it is t3.large',
    'instance.type: t3.large',
  ],
  [
    'an instance store',
    'nightly: instance',
    { aws: { instance: instance({ rootDevice: 'instance-store' }) } },
    'error',
    'cannot be stopped',
    'EBS',
  ],
  [
    'no profile',
    'nightly: instance profile',
    { aws: { instance: instance({ profile: undefined }) } },
    'error',
    'none',
    'AmazonSSMManagedInstanceCore',
  ],
  [
    'a shutdown that terminates',
    'nightly: shutdown',
    { aws: { shutdown: async () => 'terminate' } },
    'warning',
    'would terminate',
    'modify-instance-attribute',
  ],
  [
    'an agent that is lost',
    'nightly: SSM agent',
    { aws: { agent: async () => 'ConnectionLost' } },
    'error',
    'although the instance is running',
    'SSM agent',
  ],
  ['an agent that never was', 'nightly: SSM agent', { aws: { agent: none } }, 'error', 'never seen', 'SSM agent'],
  [
    'a stack that is stuck',
    'chat-app: stack',
    { aws: { stackStatus: async () => 'DELETE_FAILED' } },
    'error',
    'is DELETE_FAILED',
    'in the console',
  ],
  [
    'no template',
    'chat-app: template',
    { aws: { hasObject: async () => false } },
    'error',
    'nothing at s3://',
    'aws s3 cp',
  ],
  ['no service role', 'chat-app: service role', { aws: { trustOf: none } }, 'error', 'no role', 'create it'],
  [
    'a role of others',
    'chat-app: service role',
    { aws: { trustOf: async () => ['ec2.amazonaws.com'] } },
    'error',
    'may not assume',
    'trust policy',
  ],
  ['no repository', 'chat-app: images', { aws: { images: none } }, 'error', 'no repository', 'create-repository'],
  ['no image', 'chat-app: images', { aws: { images: async () => 0 } }, 'warning', 'no image with a tag', 'push one'],
  [
    'no parameter',
    'parameter /lamplighter/dev/chat',
    { aws: { parameter: none } },
    'error',
    'not there; for the channel chat',
    'aws ssm put-parameter',
  ],
  [
    'no token of the status page',
    'parameter /app/status',
    {
      stage: { status: { access: { token: 'ssm:/app/status' }, origins: [], title: 'dev', spending: true } },
      aws: { parameter: none },
    },
    'error',
    'not there; for the status page',
    'aws ssm put-parameter',
  ],
  [
    'a parameter in clear',
    'parameter /lamplighter/dev/chat',
    { aws: { parameter: async () => ({ type: 'String', value: SECRET }) } },
    'warning',
    'a String, in clear',
    'delete-parameter',
  ],
  [
    'an empty parameter',
    'parameter /lamplighter/dev/chat',
    { aws: { parameter: async () => ({ type: 'SecureString', value: ' ' }) } },
    'error',
    'empty',
    '--overwrite',
  ],
  ['a deleted webhook', 'channel chat', { status: 404 }, 'error', 'does not know the webhook (404)', 'make a new one'],
  ['Discord is down', 'channel chat', { status: 503 }, 'warning', 'answers 503', 'later'],
  [
    'an address that is none',
    'channel chat',
    { aws: { parameter: async () => ({ type: 'SecureString', value: 'x' }) } },
    'error',
    'no address',
    'put the address',
  ],
  [
    'a failed deployment',
    'deployment',
    { aws: { stackStatus: async () => 'ROLLBACK_COMPLETE' } },
    'error',
    'ROLLBACK_COMPLETE',
    'npx sls deploy',
  ],
  [
    'a deployment that goes on',
    'deployment',
    { aws: { stackStatus: async () => 'UPDATE_IN_PROGRESS' } },
    'note',
    'UPDATE_IN_PROGRESS',
    'look again',
  ],
  [
    'an old deployment',
    'functions',
    { aws: { deployed: async () => [] } },
    'error',
    'not deployed: showStatus',
    'npx sls deploy',
  ],
  [
    'a machine that is missing',
    'machines',
    { aws: { deployed: async () => [] } },
    'error',
    'not deployed: RunBatch',
    'npx sls deploy',
  ],
  [
    'a pipeline that was not deployed yet',
    'machines',
    { stage: { workloads: { 'daily-batch': aPipeline() } } },
    'error',
    'not deployed: DailyBatchPipeline',
    'npx sls deploy',
  ],
  [
    'a machine that is gone',
    'machines',
    { aws: { machineStatus: none } },
    'error',
    'RunBatch is gone',
    'npx sls deploy',
  ],
  [
    'a function that failed',
    'functions',
    { aws: { functionState: async () => 'Failed' } },
    'error',
    'showStatus is Failed',
    'npx sls deploy',
  ],
  ['no table', 'table', { aws: { tableStatus: none } }, 'error', 'table is gone', 'restore it'],
  ['dead letters', 'dead letters', { aws: { messages: async () => 2 } }, 'warning', '2 in DeadLetters', 'redrive'],
  [
    'functions that do not answer',
    'answer',
    { answers: { showStatus: new Error('no table') } },
    'warning',
    'no table',
    'try again',
  ],
  ['no price', 'prices', { stage: { prices: {} } }, 'warning', 'nightly: t3.medium', 'prices'],
  [
    'holidays that run out',
    'calendar',
    { stage: { calendar: { closed: {}, open: [], until: '2026-12-31' } } },
    'warning',
    '2026-12-31',
    'deploy again',
  ],
])('%s - is found, with how to mend it', async (_, what, world, level, says, mend) => {
  const all = await about(what, world);
  expect(all).toContainEqual({
    about: what,
    level,
    found: expect.stringContaining(says),
    mend: expect.stringContaining(mend),
  });
});

describe('what is no fault', () => {
  test('an exchange whose closed days of next year are written down, or that has none', async () => {
    const closed = { '2026-12-31': 'KRX', '2027-12-31': 'KRX' };
    const workloads = { collection: aPipeline({ closed }), other: aPipeline() };
    const levels = (await found({ stage: { workloads } })).filter((finding) => finding.about.endsWith(': closed days'));
    expect(levels.map(({ about: of, level }) => `${of} ${level}`)).toEqual(['collection: closed days ok']);
  });

  test('before the first deployment - said, with the command, and nothing of it is looked for', async () => {
    const findings = await found({ aws: { stackStatus: none } });
    expect(findings.find((finding) => finding.about === 'deployment')).toMatchObject({
      ...{ level: 'note', found: 'there is none yet', mend: 'npx sls deploy --stage dev' },
    });
    expect(findings.map((finding) => finding.about)).not.toContain('table');
  });

  test.each([
    ['an agent of a stopped instance that was seen before', async () => 'ConnectionLost', 'ok'],
    ['an agent of a stopped instance that was never seen', none, 'note'],
  ])('%s - is not wrong', async (_, agent, level) => {
    expect(await about('nightly: SSM agent', { aws: { agent, instance: instance({}) } })).toMatchObject([{ level }]);
  });
});

describe('a job at boot', () => {
  const workloads = { boot: aWorkload({ instance: { id: INSTANCE }, run: { by: 'boot' } }) };

  test('its shutdown would terminate the instance - wrong, since it shuts down', async () => {
    const [finding] = await about('boot: shutdown', {
      stage: { workloads },
      aws: { shutdown: async () => 'terminate' },
    });
    expect(finding?.level).toBe('error');
  });

  test('no Run Command - its agent is not looked for', async () => {
    expect(await about('boot: SSM agent', { stage: { workloads } })).toEqual([]);
  });
});

describe('a job that needs more', () => {
  const run = { environment: { TOKEN: 'ssm:/app/token', MODE: 'fast' }, logs: { bucket: 'logs', prefix: 'x' } };
  const workloads = { nightly: aWorkload({ run }) };

  test('a secret of its own, a bucket for its log - both are looked for', async () => {
    const findings = await found({ stage: { workloads }, aws: { hasBucket: async () => false } });
    expect(findings.find((finding) => finding.about === 'parameter /app/token')?.found).toContain('the job of nightly');
    expect(findings.find((finding) => finding.about === 'nightly: log')).toMatchObject({
      ...{ level: 'error', found: 'no bucket logs', mend: expect.stringContaining('aws s3 mb s3://logs') },
    });
  });
});

describe('channels of other kinds', () => {
  const stage = {
    notify: aNotify({ channels: { mail: { kind: 'email', to: ['ops@example.com', 'kim@example.com'] } } }),
  };
  const phone = { notify: aNotify({ channels: { phone: { kind: 'sms', to: ['+821012345678'] } } }) };
  const slack = { notify: aNotify({ channels: { slack: { kind: 'slack', webhook: 'ssm:/slack' } } }) };

  test('e-mail - who has confirmed, and who has not', async () => {
    const subscribers = async () => [
      { endpoint: 'ops@example.com', isConfirmed: true },
      { endpoint: 'kim@example.com', isConfirmed: false },
    ];
    expect(await about('channel mail', { stage, aws: { subscribers } })).toMatchObject([
      { level: 'ok', found: 'ops@example.com has confirmed' },
      { level: 'error', found: 'kim@example.com has not confirmed' },
    ]);
    expect(await about('channel mail', { stage })).toMatchObject([
      { level: 'ok' },
      { level: 'error', found: expect.stringContaining('is not subscribed') },
    ]);
    expect(await about('channel mail', { stage, aws: { subscribers: none } })).toMatchObject([{ level: 'note' }]);
  });

  test.each<[string, Partial<Aws>, string, string]>([
    ['may be written to', {}, 'ok', '…5678 may be written to'],
    ['has opted out', { hasOptedOut: async () => true }, 'error', '…5678 has opted out'],
    ['is not verified', { smsSandbox: async () => ({ isInSandbox: true, verified: [] }) }, 'error', 'not verified'],
  ])('SMS, and the number %s - said without the number', async (_, aws, level, says) => {
    const findings = await about('channel phone', { stage: phone, aws });
    expect(findings).toMatchObject([{ level, found: expect.stringContaining(says) }]);
    expect(JSON.stringify(findings)).not.toContain('+821012345678');
  });

  test('Slack - its server is asked, since it cannot be asked more without posting', async () => {
    const [finding] = await about('channel slack', { stage: slack });
    expect(finding).toMatchObject({ level: 'note', found: expect.stringContaining('discord.example answers') });
    const down = Object.assign(new Error('its server does not answer'), { name: 'ENOTFOUND' });
    expect(await about('channel slack', { stage: slack, status: down })).toMatchObject([
      { level: 'warning', found: 'could not be looked at: ENOTFOUND: its server does not answer' },
    ]);
  });
});

describe('what cannot be looked at', () => {
  test('no credentials - that alone, with what the stage file shows by itself', async () => {
    const findings = await found({ aws: { caller: denied } });
    expect(findings.map((finding) => finding.about)).toEqual(['calendar', 'prices', 'credentials']);
    expect(findings.at(-1)).toMatchObject({ level: 'error', mend: expect.stringContaining('aws sso login') });
  });

  test('a call that is not allowed - one warning, and everything else is found', async () => {
    const findings = await found({ aws: { trustOf: denied } });
    expect(findings.filter(({ level }) => level !== 'ok')).toEqual([
      {
        ...{ about: 'chat-app: service role', level: 'warning' },
        found: 'could not be looked at: AccessDenied: not authorized to perform it',
        mend: 'look with credentials that may, or allow these to',
      },
    ]);
  });
});

describe('the command', () => {
  const before = process.exitCode;
  afterEach(() => {
    process.exitCode = before;
  });

  const run = async (options = {}) => {
    const { context, seen } = aContext(options);
    const serverless = {
      getProvider: () => ({
        getAwsSdkV3Config: async () => ({
          region: 'ap-northeast-2',
          credentials: () => Promise.reject(new Error('no credentials')),
        }),
      }),
    } as unknown as Serverless;
    await doctor.run({ ...context, serverless });
    return { seen };
  };

  test('something is wrong - the list, how to mend it, exit status 1', async () => {
    const { seen } = await run({});
    expect(seen.out).toMatch(/✗ credentials +cannot be used: .*\n +→ sign in with aws sso login/);
    expect(seen.out).toMatch(/1 wrong, \d to look at, \d well/);
    expect(process.exitCode).toBe(1);
  });

  test('--json - the findings', async () => {
    const { seen } = await run({ json: true });
    expect(JSON.parse(seen.out)).toContainEqual(expect.objectContaining({ about: 'credentials', level: 'error' }));
  });
});

import { createServer } from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import type { Aws } from '../../../../plugin/ops/doctor/aws.ts';
import { certificateEnd } from '../../../../plugin/ops/doctor/certificate-end.ts';
import type { Finding } from '../../../../plugin/ops/doctor/finding.ts';
import { servicesOf } from '../../../../plugin/ops/doctor/services.ts';
import { watched } from '../../../../plugin/ops/doctor/watched.ts';
import type { CompiledStage, ServiceWorkload } from '../../../../shared/stage/compiled.ts';
import { selfSigned } from '../../../channels/self-signed.ts';
import { aStage } from '../../../shared/builders.ts';
import { aService } from '../../../shared/watch/services.ts';

const NOW = Date.parse('2026-11-02T00:00:00Z');
const DAY = 86_400_000;
const INSTANCE = {
  state: 'running',
  type: 't3.small',
  profile: 'arn:profile' as string | undefined,
  rootDevice: 'ebs',
};
const SERVICE: Partial<ServiceWorkload> = {
  target: { ec2: 'i-0123456789abcdef0' },
  recover: {
    rungs: ['restart', 'reboot', 'stop-start'],
    ...{ approve: [], perDay: 3, cooldownSeconds: 600, logs: { bucket: 'example-logs', prefix: 'web' } },
  },
};
const stageOf = (service: Partial<ServiceWorkload> = {}, more: Partial<CompiledStage> = {}) =>
  aStage({ workloads: {}, services: { web: aService({ ...SERVICE, ...service }) }, ...more });

function findings(aws: Partial<Aws> = {}, service: Partial<ServiceWorkload> = {}): Promise<Finding[]> {
  const all = {
    instance: async () => INSTANCE,
    agent: async () => 'Online',
    hasBucket: async () => true,
    stackStatus: async () => 'UPDATE_COMPLETE',
    documentStatus: async () => 'Active',
    parameter: async () => ({ type: 'String', value: '{}' }),
    ...aws,
  } as unknown as Aws;
  return servicesOf(stageOf(service), all);
}

describe('what services run on', () => {
  test('everything is there - each is said to be well', async () => {
    expect((await findings()).map(({ about, level }) => `${about} ${level}`)).toEqual([
      ...[
        'web: instance ok',
        'web: SSM agent ok',
        'web: logs ok',
        'recovery document ok',
        'web: agent configuration ok',
      ],
    ]);
  });

  test.each<[string, Partial<Aws>, Partial<ServiceWorkload>, string, Finding['level'], RegExp]>([
    ['no instance', { instance: async () => undefined }, {}, 'web: instance', 'error', /no instance i-0/],
    [
      'one that is gone',
      { instance: async () => ({ ...INSTANCE, state: 'terminated' }) },
      {},
      'web: instance',
      'error',
      /is terminated/,
    ],
    [
      'one that is off',
      { instance: async () => ({ ...INSTANCE, state: 'stopped' }) },
      {},
      'web: instance',
      'warning',
      /is stopped/,
    ],
    [
      'one that is off by plan',
      { instance: async () => ({ ...INSTANCE, state: 'stopped' }) },
      { offWith: ['nightly'] },
      'web: instance',
      'ok',
      /is stopped/,
    ],
    [
      'no profile',
      { instance: async () => ({ ...INSTANCE, profile: undefined }) },
      {},
      'web: instance profile',
      'error',
      /none/,
    ],
    [
      'an agent that is lost',
      { agent: async () => 'ConnectionLost' },
      {},
      'web: SSM agent',
      'error',
      /ConnectionLost although/,
    ],
    ['no bucket', { hasBucket: async () => false }, {}, 'web: logs', 'error', /no bucket example-logs/],
    ['no document', { documentStatus: async () => undefined }, {}, 'recovery document', 'error', /recover is gone/],
    [
      'no configuration',
      { parameter: async () => undefined },
      {},
      'web: agent configuration',
      'error',
      /no parameter AmazonCloudWatch-lamplighter-dev-web/,
    ],
    ['before the deployment', { stackStatus: async () => undefined }, {}, 'recovery document', 'note', /comes with/],
    [
      'an ECS service',
      {},
      { target: { ecs: { cluster: 'app', service: 'web' } } },
      'web: target',
      'note',
      /web of app is not looked at/,
    ],
    ['a group', {}, { target: { group: 'web' } }, 'web: target', 'note', /web is not looked at/],
    [
      'what cannot be asked',
      { instance: () => Promise.reject(new Error('slow down')) },
      {},
      'web: instance',
      'warning',
      /slow down/,
    ],
  ])('%s - named, with how to mend it', async (_, aws, service, about, level, says) => {
    const finding = (await findings(aws, service)).find((one) => one.about === about);
    expect(finding).toMatchObject({ level, found: expect.stringMatching(says) });
    if (level === 'error' || level === 'warning') expect(finding?.mend).toBeTruthy();
  });

  test('an instance store, where it would be stopped and started - an error; where it would not, none', async () => {
    const instance = async () => ({ ...INSTANCE, rootDevice: 'instance-store' });
    const errors = async (service: Partial<ServiceWorkload>) =>
      (await findings({ instance }, service)).filter(({ level }) => level === 'error').length;
    expect(await errors({})).toBe(1);
    expect(await errors({ recover: { rungs: ['reboot'], approve: [], perDay: 3, cooldownSeconds: 600 } })).toBe(0);
  });
});

describe('what is asked from outside', () => {
  const look = async (control: string, days: number | undefined, status = 200) => {
    const end = days === undefined ? undefined : NOW + days * DAY;
    const asked: unknown[] = [];
    const found = await watched({
      stage: stageOf({}, { control }),
      fetch: async () => status,
      certificateEnd: async (...of) => {
        asked.push(of);
        return end;
      },
      now: NOW,
    });
    expect(asked).toEqual([['www.example.com', 443]]);
    return found.map(({ level, found: text }) => `${level}: ${text}`);
  };

  test.each([
    ['all is well', 'https://www.example.org', 60, 200, ['ok: www.example.org answers', 'ok: good for 60 days']],
    [
      'a control probe of one’s own',
      'https://status.example.com',
      60,
      200,
      [
        'warning: status.example.com and www.example.com, which is watched, are of one domain: they may fail together',
        'ok: good for 60 days',
      ],
    ],
    [
      'one that answers wrongly',
      'https://www.example.org',
      60,
      503,
      ['error: www.example.org answers 503, so every fault would be held to be ours', 'ok: good for 60 days'],
    ],
    [
      'a certificate that ends soon',
      'https://www.example.org',
      5,
      200,
      ['ok: www.example.org answers', 'warning: it ends in 5 days'],
    ],
    [
      'one that has ended',
      'https://www.example.org',
      -3,
      200,
      ['ok: www.example.org answers', 'error: it ended 3 days ago'],
    ],
    ['none', 'https://www.example.org', undefined, 200, ['ok: www.example.org answers', 'error: there is none']],
  ])('%s', async (_, control, days, status, says) => {
    expect(await look(control, days, status)).toEqual(says);
  });
});

test('the certificate of a real server - its end is read, whoever vouches for it', async () => {
  const server = createServer(selfSigned({ to: '301231235959Z' })).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  expect(await certificateEnd('127.0.0.1', port)).toBe(Date.parse('2030-12-31T23:59:59Z'));
  server.close();
});

test('a server that shows none - it is said that it could not be read', async () => {
  const server = createServer({}).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  // No certificate: the handshake fails.
  await expect(certificateEnd('127.0.0.1', port)).rejects.toThrow();
  server.close();
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  batch,
  changed,
  ENVIRONMENT,
  faultsOf,
  lineOf,
  PIPELINE,
  QUEUE,
  read,
  SERVICE,
  said,
  VALID,
} from './stage-file.ts';

const FILES = { batch: VALID, environment: ENVIRONMENT, service: SERVICE, queue: QUEUE, pipeline: PIPELINE };

/** A case of broken.yml, which says what its fields are. */
interface Broken {
  is: string;
  change: Record<string, string>;
  path: string;
  found: string;
  expected: string;
  mend: string;
  on?: string | null;
  of?: keyof typeof FILES;
}

const broken = parse(readFileSync(new URL('broken.yml', import.meta.url), 'utf8')) as Broken[];
const SECOND = VALID.slice(VALID.indexOf('  nightly:')).replace('nightly', 'evening');

describe('one thing that is wrong', () => {
  test.each(broken)('$is - said of $path, with what is expected and how to mend it', (one) => {
    const text = Object.entries(one.change).reduce((so, [from, to]) => changed(from, to, so), FILES[one.of ?? 'batch']);
    const on = one.on === undefined ? Object.values(one.change).at(-1) : one.on;

    expect(said(text)).toEqual([
      {
        place: `${on ? `x.yml:${lineOf(on, text)}` : 'x.yml'}  ${one.path}`,
        found: one.found,
        expected: expect.stringContaining(one.expected),
        mend: expect.stringContaining(one.mend),
      },
    ]);
  });

  test('instance of another workload - said of the second one', () => {
    expect(said(VALID + SECOND)).toEqual([
      {
        place: `x.yml:${lineOf('  evening:', VALID + SECOND) + 2}  workloads.evening.instance.id`,
        found: '"i-0123456789abcdef0"',
        expected: 'an instance of its own; nightly has this one',
        mend: expect.stringContaining('two workloads on one instance would stop each other'),
      },
    ]);
  });

  test('stack of another environment - said of the second one', () => {
    const second = ENVIRONMENT.slice(ENVIRONMENT.indexOf('  chat-app:')).replace('chat-app', 'evening');
    expect(said(ENVIRONMENT + second)).toEqual([
      {
        place: `x.yml:${lineOf('  evening:', ENVIRONMENT + second) + 3}  workloads.evening.stack.name`,
        found: '"ChatAppMasterStack"',
        expected: 'a stack of its own; chat-app has this one',
        mend: expect.stringContaining('two environments with one stack would delete each other'),
      },
    ]);
  });

  test('a batch called like the schedules of an environment - said of the batch', () => {
    const text = ENVIRONMENT + SECOND.replace('evening', 'chat-app-stop');
    expect(said(text)).toEqual([
      {
        place: `x.yml:${lineOf('chat-app-stop', text)}  workloads.chat-app-stop`,
        found: '"chat-app-stop"',
        expected: 'another name: the schedules of chat-app are called so',
        mend: 'rename one of the two',
      },
    ]);
  });

  test('workers of another queue - said of the second one', () => {
    const text = changed('service: reports', 'service: thumbnails', QUEUE);
    expect(said(text)).toEqual([
      {
        place: `x.yml:${lineOf('  reports:', text) + 3}  workloads.reports.workers.service`,
        found: '"app/thumbnails"',
        expected: 'a service of ECS of its own; thumbnails has this one',
        mend: expect.stringContaining('two queues with the same workers would scale them against each other'),
      },
    ]);
  });

  test('a cluster that is made twice - said of the second one', () => {
    const text = changed(
      '{ image: ghcr.io/example/mails:1,',
      '{ cluster: true, image: ghcr.io/example/mails:1,',
      changed('cluster: app, service: mails', 'cluster: crawler, service: mails', QUEUE),
    );
    expect(said(text)).toEqual([
      {
        place: `x.yml:${lineOf('service: mails', text)}  workloads.mails.workers.create.cluster`,
        found: '"crawler"',
        expected: 'a cluster of its own; crawl has this one',
        mend: 'it is made once: take cluster out of create here',
      },
    ]);
  });

  test('no workload - said', () => {
    const text = `${VALID.slice(0, VALID.indexOf('workloads:'))}workloads: {}\n`;
    expect(said(text)).toEqual([
      { place: 'x.yml:13  workloads', found: '{}', expected: 'at least one workload', mend: 'copy one from examples/' },
    ]);
  });
});

describe('everything that is wrong', () => {
  const text = [
    ['timezone: Asia/Seoul', 'timezone: KST'],
    ['"ssm:/lamplighter/dev/discord"', 'https://discord.com/api/webhooks/123/hunter2'],
    ['[warning, critical]', '[warning]'],
    ['emergency: 50', 'emergency: 5'],
    ['cwd: /srv/app', 'cwd: "${env:APP_DIR}"'],
    ['LOG_LEVEL: INFO', 'DB_PASSWORD: hunter2'],
    ['deadline: 2h', 'deadine: 2h'],
  ].reduce((so, [from = '', to = '']) => changed(from, to, so), VALID);

  test('faults of form, secrets, unset variables and contradictions in one file - all said at once, in its order', () => {
    expect(said(text).map(({ place }) => place)).toEqual([
      'x.yml:2  timezone',
      'x.yml:6  notify.channels.discord.webhook',
      'x.yml:8  notify.routes',
      'x.yml:11  budget.emergency',
      'x.yml:23  workloads.nightly.run.cwd',
      'x.yml:25  workloads.nightly.run.environment.DB_PASSWORD',
      'x.yml:29  workloads.nightly.deadine',
    ]);
  });

  test('a route that is malformed - may have been the one for critical notices', () => {
    const both = changed(
      '[warning, critical]',
      'critical',
      changed('[info, success], to: [discord]', '[info], to: [x]'),
    );
    expect(said(both).map(({ place }) => place.split('  ')[1])).toEqual([
      'notify.routes[0].to[0]',
      'notify.routes[1].severity',
    ]);
  });

  test('two workloads, one of them malformed - the contradictions of the other are said too', () => {
    const both = changed('deadline: 2h', 'deadline: 25h') + SECOND.replace('by: ssm', 'by: magic');
    expect(said(both).map(({ place }) => place.split('  ')[1])).toEqual([
      'workloads.nightly.deadline',
      'workloads.evening.run.by',
    ]);
  });

  test('a headline - counts them', () => {
    expect(faultsOf(text).message.split('\n')[0]).toBe('x.yml cannot be used: 7 errors');
    expect(faultsOf(changed('deadline: 2h', 'deadline: 2')).message.split('\n')[0]).toBe(
      'x.yml cannot be used: 1 error',
    );
  });
});

describe('a file that is right', () => {
  test('a time without parameters of its own - has none', () => {
    const text = changed(', parameters: { pipeline_type: quick }', '');
    expect(batch(read(text)).at[1]).toEqual({ time: '09:00', parameters: {} });
  });

  test('every field - is read', () => {
    expect(batch(read(VALID)).at).toEqual(['02:00', { time: '09:00', parameters: { pipeline_type: 'quick' } }]);
  });

  test.each([
    ['a minute between them', '{ days: [mon], from: "18:01", to: "20:00" }'],
    ['a night that ends a minute before', '{ days: [sun], from: "20:00", to: "08:59" }'],
    ['another day', '{ days: [fri], from: "10:00", to: "20:00" }'],
    ['the weekend', '{ days: [sat, sun], from: "09:00", to: "18:00" }'],
  ])('hours with %s - are right', (_, block) => {
    expect(() => read(changed('{ days: [fri], from: "10:00", to: "02:00" }', block, ENVIRONMENT))).not.toThrow();
  });

  test('weekdays and a Saturday, and no special working day in the calendar - is right', () => {
    const text = changed('open: [2026-10-10]', 'open: []', changed('[mon, tue, wed, thu]', 'weekdays', ENVIRONMENT));
    expect(() => read(changed('[fri], from: "10:00"', '[sat], from: "09:00"', text))).not.toThrow();
  });

  test.each([
    [
      'the address of its template',
      's3://example-templates/chat/master.yml',
      'https://templates.s3.us-east-1.amazonaws.com/m.yml',
    ],
    ['the ARN of a role', 'role: lamplighter-chat-app', 'role: "arn:aws:iam::123456789012:role/lamplighter/chat"'],
    [
      'a secret of Secrets Manager',
      '{{resolve:ssm-secure:/chat/password}}',
      '{{resolve:secretsmanager:chat:SecretString:password}}',
    ],
  ])('%s - is right', (_, from, to) => {
    expect(() => read(changed(from, to, ENVIRONMENT))).not.toThrow();
  });

  test('a variable that is set - is replaced, and so is one with a default', () => {
    const text = changed('cwd: /srv/app', 'cwd: "/srv/${env:APP}/${env:PART, main}"');
    expect(batch(read(text, { APP: 'shop' })).run.cwd).toBe('/srv/shop/main');
  });

  test.each([
    ['of a field', 'timezone: Asia/Seoul', 'timezone: "${env:ANY}"'],
    ['of a contradiction', 'country: KR', 'country: "${env:ANY}"'],
  ])('a value %s that is wrong and from the environment - is not repeated', (_, from, to) => {
    const { message } = faultsOf(changed(from, to), { ANY: 'hunter2' });
    expect(message).toContain('found     "${env:ANY}"');
    expect(message).not.toContain('hunter2');
  });
});

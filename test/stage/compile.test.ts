import { describe, expect, test } from '@jest/globals';
import { compileStage } from '../../shared/stage/compile.ts';
import { changed, ENVIRONMENT, read, VALID } from './stage-file.ts';

const compiled = compileStage(read(VALID), 'dev', 2026);

describe('compileStage', () => {
  test('durations - are seconds', () => {
    expect(compiled.workloads['nightly']).toMatchObject({ deadlineSeconds: 7200, startWithinSeconds: 1800 });
    expect(compiled.workloads['nightly']).toMatchObject({ run: { heartbeatSeconds: 300 } });
    const text = changed('startWithin: 30m', 'startWithin: 90s', changed('    deadline: 2h\n', ''));
    expect(compileStage(read(text), 'dev', 2026).workloads['nightly']).toMatchObject({
      deadlineSeconds: 7200,
      startWithinSeconds: 90,
    });
  });

  test('a workload with a zone of its own - keeps it; another has that of the stage', () => {
    expect(compiled.workloads['nightly']?.timezone).toBe('Asia/Tokyo');
    const text = changed('    timezone: Asia/Tokyo\n', '');
    expect(compileStage(read(text), 'dev', 2026).workloads['nightly']?.timezone).toBe('Asia/Seoul');
  });

  test('times with and without parameters - have one form', () => {
    expect(compiled.workloads['nightly']).toMatchObject({
      at: [
        { time: '02:00', parameters: {} },
        { time: '09:00', parameters: { pipeline_type: 'quick' } },
      ],
    });
  });

  test('a country and days off - are one table, and the days off win', () => {
    const { calendar } = compileStage(read(changed('[2026-12-31]', '[2026-12-31, 2026-12-25]')), 'dev', 2026);
    expect(calendar.closed).toMatchObject({
      '2026-10-09': 'Hangul Day',
      '2026-12-25': 'day off',
      '2026-12-31': 'day off',
    });
    expect(calendar.open).toEqual(['2026-10-10']);
    expect(calendar.until).toBe('2028-12-31');
  });

  test('no country - only the days off, for ever', () => {
    const { calendar } = compileStage(read(changed('country: KR, ', '')), 'dev', 2026);
    expect(calendar).toEqual({ closed: { '2026-12-31': 'day off' }, open: ['2026-10-10'], until: '9999-12-31' });
  });

  test('what was left out - has its default', () => {
    const text = `${VALID.slice(0, VALID.indexOf('    at:'))}    at: ["02:00"]\n    run: { by: boot, command: ./run }\n`;
    expect(compileStage(read(text), 'dev', 2026).workloads['nightly']).toEqual({
      kind: 'batch',
      instance: { id: 'i-0123456789abcdef0', type: 't3.medium', storage: { size: 30, type: 'gp3' } },
      timezone: 'Asia/Seoul',
      at: [{ time: '02:00', parameters: {} }],
      days: 'every-day',
      run: { by: 'boot', command: './run', environment: {}, parameters: {}, heartbeatSeconds: 300 },
      deadlineSeconds: 7200,
      startWithinSeconds: 3600,
      breakerFailures: 5,
      stopIfFoundRunning: false,
    });
  });

  test('the rest - as written', () => {
    expect(compiled).toMatchObject({
      stage: 'dev',
      region: 'ap-northeast-2',
      budget: { daily: 20, emergency: 50 },
      prices: { 't3.medium': 0.052, gp3: 0.0912 },
      notify: { channels: { discord: { kind: 'discord', webhook: 'ssm:/lamplighter/dev/discord' } } },
    });
  });
});

describe('the language of notices', () => {
  const language = (text: string) => compileStage(read(text), 'dev', 2026).notify.language;

  test('none is named - English', () => {
    expect(language(VALID)).toBe('en');
  });

  test('Korean - Korean; one that there is not - refused, with those that there are', () => {
    expect(language(changed('notify:\n', 'notify:\n  language: ko\n'))).toBe('ko');
    expect(() => read(changed('notify:\n', 'notify:\n  language: fr\n'))).toThrow(/notify\.language.*en or ko/s);
  });
});

describe('compileStage of an environment', () => {
  const chat = (text: string) => compileStage(read(text), 'dev', 2026).workloads['chat-app'];

  test('every field - in the form that the functions use', () => {
    expect(chat(ENVIRONMENT)).toEqual({
      kind: 'environment',
      stack: {
        name: 'ChatAppMasterStack',
        templateUrl: 'https://example-templates.s3.ap-northeast-2.amazonaws.com/chat/master.yml',
        copy: 'examples/environment-hours/master.yml',
        role: 'lamplighter-chat-app',
        parameters: { Environment: 'staging', DatabasePassword: '{{resolve:ssm-secure:/chat/password}}' },
        capabilities: ['CAPABILITY_IAM'],
      },
      images: [
        { repository: 'chat-http', tag: 'release-*', parameters: ['APITag', 'ChatTag'] },
        { repository: 'team/notification', parameters: ['NotificationTag'] },
      ],
      timezone: 'Asia/Tokyo',
      hours: [
        { days: ['mon', 'tue', 'wed', 'thu'], from: '09:00', to: '18:00' },
        { days: ['fri'], from: '10:00', to: '02:00' },
      ],
      refresh: true,
      health: { url: 'https://dev.example.com/health', withinSeconds: 480, contains: 'UP' },
      dataLoss: ['DatabaseStack/Redis'],
      parts: [
        { name: 'ECS', type: 't3.small', count: 2, hourly: 0.023 },
        { name: 'Redis', type: 'cache.t2.micro', count: 1 },
      ],
      deadlineSeconds: 5400,
      startWithinSeconds: 1800,
      breakerFailures: 3,
    });
  });

  test('what was left out - has its default', () => {
    const text = `${ENVIRONMENT.slice(0, ENVIRONMENT.indexOf('  chat-app:'))}  chat-app:
    kind: environment
    stack: { name: App, template: s3://example-templates/app.yml, role: app }
    hours: { days: weekdays, from: "09:00", to: "18:00" }
    health: { url: "https://dev.example.com" }
`;
    expect(chat(text)).toEqual({
      kind: 'environment',
      stack: {
        name: 'App',
        templateUrl: 'https://example-templates.s3.ap-northeast-2.amazonaws.com/app.yml',
        role: 'app',
        parameters: {},
        capabilities: ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      },
      images: [],
      timezone: 'Asia/Seoul',
      hours: [{ days: 'weekdays', from: '09:00', to: '18:00' }],
      refresh: false,
      health: { url: 'https://dev.example.com', withinSeconds: 600 },
      dataLoss: [],
      parts: [],
      deadlineSeconds: 3600,
      startWithinSeconds: 3600,
      breakerFailures: 5,
    });
  });

  test('one block of images - is a list of one', () => {
    const text = changed(
      ENVIRONMENT.slice(ENVIRONMENT.indexOf('    images:'), ENVIRONMENT.indexOf('    hours:')),
      '    images: { repository: app, parameters: [Tag] }\n',
      ENVIRONMENT,
    );
    expect(chat(text)).toMatchObject({ images: [{ repository: 'app', parameters: ['Tag'] }] });
  });
});

describe('compileStage of a status page', () => {
  const statusOf = (status: string) => compileStage(read(`${status}\n${VALID}`), 'staging', 2026).status;

  test('nothing is written - nothing is there', () => {
    expect(statusOf('')).toBeUndefined();
  });

  test('only who may look - it is called as the stage, shows everything and what it costs, and no front end reads it', () => {
    expect(statusOf('status: { access: public }')).toEqual({
      ...{ access: 'public', origins: [], title: 'staging', spending: true },
    });
  });

  test('everything - as it is written', () => {
    const written = {
      access: { token: 'ssm:/app/status' },
      title: '<b>"스테이징"</b>',
      show: ['nightly'],
      spending: false,
    };
    expect(statusOf(`status: ${JSON.stringify(written)}`)).toEqual({ ...written, origins: [] });
  });
});

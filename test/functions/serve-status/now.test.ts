import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { anEnvironment, anEnvironmentRun, aRun, aWorkload } from '../../shared/builders.ts';
import { NOW, told, type World, word } from './world.ts';

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const pause = (workload: string | undefined, rest: object = {}) =>
  workload === undefined
    ? { pk: 'stage', sk: 'gate', act: 'pause', ...word, ...rest }
    : { pk: `workload#${workload}`, sk: 'override', act: 'pause', ...word, ...rest };
const budget = (until: string, pk = 'stage') => ({ pk, sk: 'budget', day: '2026-11-02', until, usd: 21, limit: 20 });
const start = (rest: object = {}) =>
  anEnvironmentRun({ act: 'start', key: '2026-11-02T09:00', status: 'succeeded', ...rest });
const SATURDAY = Date.parse('2026-11-07T12:00:00+09:00');

test('the head - what the page is called, in which language and zone, and when it was looked', async () => {
  const status = { access: 'public' as const, origins: [], title: '<b>스테이징</b>', spending: true };
  const { answer } = await told({ stage: { status } });
  expect(answer).toMatchObject({
    ...{ version: 1, stage: 'dev', title: '<b>스테이징</b>', language: 'en', timezone: 'Asia/Seoul' },
    at: '2026-11-02T01:00:00Z',
  });
});

test('only some are shown - the others are neither named nor asked for', async () => {
  const status = { access: 'public' as const, origins: [], title: 'dev', show: ['chat-app'], spending: true };
  const { answer, asked } = await told({ stage: { status } });
  expect(answer.workloads.map(({ name }) => name)).toEqual(['chat-app']);
  expect(asked).toEqual(['8 items', 'runs of chat-app']);
});

describe('a batch', () => {
  test('off - waits for its time, and is on again then', async () => {
    const { of } = await told({ instance: { stoppedAt: NOW - 60_000 } });
    expect(of('nightly')).toEqual({
      ...{ name: 'nightly', kind: 'batch', now: 'off', up: false, since: '2026-11-02T00:59:00Z' },
      ...{ why: { code: 'between-runs' }, opensAt: '2026-11-02T17:00:00Z' },
    });
  });

  test('on - by when it is off, and nothing of an instance in it', async () => {
    const run = aRun({ startedAt: '2026-11-01T17:00:10.000Z', instanceId: 'i-0123456789abcdef0' });
    const { of } = await told({ runs: [run], instance: { state: 'running', launchedAt: NOW - 3_600_000 } });
    expect(of('nightly')).toMatchObject({ now: 'on', up: true, since: '2026-11-02T00:00:00Z' });
    expect(of('nightly')).toMatchObject({
      closesAt: '2026-11-01T19:00:05Z',
      run: { status: 'running', by: 'schedule' },
    });
    expect(JSON.stringify(of('nightly'))).not.toMatch(/i-0123|arn:|execution|safety/i);
  });

  test.each([
    ['no instance', { instance: 'none' as const }, { now: 'missing', up: false, why: { code: 'missing' } }],
    ['terminated', { instance: { state: 'terminated' as const } }, { now: 'missing', up: false }],
    [
      'starting',
      { instance: { state: 'pending' as const } },
      { now: 'starting', up: false, why: { code: 'starting' } },
    ],
  ] satisfies [string, World, object][])('%s - as it is', async (_, world, expected) => {
    expect((await told(world)).of('nightly')).toMatchObject(expected);
  });

  test('AWS does not answer - unknown, not off, and why is in the log', async () => {
    const { of } = await told({ instance: Object.assign(new Error('slow down'), { name: 'RequestLimitExceeded' }) });
    const problem = 'RequestLimitExceeded: slow down';
    expect(of('nightly')).toMatchObject({ now: 'unknown', up: null, why: { code: 'not-asked', text: problem } });
    expect(JSON.stringify(jest.mocked(console.error).mock.calls)).toContain('RequestLimitExceeded');
  });
});

describe('an environment', () => {
  test('up - since the end of its start, until its hours are over', async () => {
    const { of } = await told({
      stack: 'CREATE_COMPLETE',
      runs: [start({ endedAt: '2026-11-02T00:12:00.000Z' })],
      createdAt: NOW - 3_600_000,
    });
    expect(of('chat-app')).toMatchObject({
      ...{ now: 'on', up: true, since: '2026-11-02T00:12:00Z', closesAt: '2026-11-02T09:00:00Z' },
      ahead: [
        { from: '2026-11-02T00:00:00Z', to: '2026-11-02T09:00:00Z' },
        { from: '2026-11-03T00:00:00Z', to: '2026-11-03T09:00:00Z' },
      ],
    });
    expect(of('chat-app')).not.toHaveProperty('why');
    expect(of('chat-app')).not.toHaveProperty('opensAt');
  });

  test('a person keeps it up - until then, and who it is has a field of its own', async () => {
    const keep = { pk: 'workload#chat-app', sk: 'keep', act: 'keep', ...word, until: '2026-11-02T22:00:00+09:00' };
    const { of } = await told({ stack: 'CREATE_COMPLETE', items: [keep] });
    expect(of('chat-app')).toMatchObject({
      ...{ up: true, closesAt: '2026-11-02T13:00:00Z' },
      why: { code: 'kept', until: '2026-11-02T13:00:00Z', text: 'kept by ana: moving <house>' },
    });
  });

  test.each([
    ['on a Saturday', { now: SATURDAY }, 'hours', '2026-11-09T00:00:00Z'],
    [
      'on a holiday',
      { stage: { calendar: { closed: { '2026-11-02': 'a <day> off' }, open: [], until: '2028-12-31' } } },
      'closed',
      '2026-11-03T00:00:00Z',
    ],
    [
      'paused',
      { items: [pause('chat-app', { until: '2026-11-03T12:00:00+09:00' })] },
      'paused',
      '2026-11-04T00:00:00Z',
    ],
    [
      'skipped',
      { items: [pause('chat-app', { act: 'skip', until: '2026-11-03T06:00:00+09:00' })] },
      'skipped',
      '2026-11-03T00:00:00Z',
    ],
    ['all is paused', { items: [pause(undefined)] }, 'stage-paused', undefined],
    ['an emergency', { items: [pause(undefined, { emergency: true })] }, 'emergency', undefined],
    ['over budget', { items: [budget('2026-11-03T00:00:00+09:00')] }, 'over-budget', '2026-11-03T00:00:00Z'],
    [
      'over budget beyond its next start',
      { items: [budget('2026-11-03T10:00:00+09:00')] },
      'over-budget',
      '2026-11-04T00:00:00Z',
    ],
    ['too many failures', { items: [{ pk: 'workload#chat-app', sk: 'breaker', failures: 5 }] }, 'breaker', undefined],
    [
      'its start failed',
      { runs: [start({ status: 'timed-out', endedAt: '2026-11-02T00:50:00.000Z' })] },
      'failed',
      '2026-11-03T00:00:00Z',
    ],
    [
      'somebody stopped it',
      {
        runs: [
          anEnvironmentRun({
            by: 'ana',
            key: '2026-11-02T09:30:12',
            status: 'succeeded',
            endedAt: '2026-11-02T00:40:00.000Z',
          }),
        ],
      },
      'stopped',
      '2026-11-03T00:00:00Z',
    ],
  ] satisfies [string, World, string, string | undefined][])(
    'off %s - why, and when it opens',
    async (_, world, code, opensAt) => {
      const { of } = await told(world);
      const { now, up, why, opensAt: opens } = of('chat-app');
      expect({ now, up, code: why?.code, opens }).toEqual({ now: 'off', up: false, code, opens: opensAt });
    },
  );

  test.each([
    ['CREATE_IN_PROGRESS', 'starting', false],
    ['DELETE_IN_PROGRESS', 'stopping', false],
    ['UPDATE_IN_PROGRESS', 'changing', null],
    ['ROLLBACK_COMPLETE', 'broken', false],
    ['DELETE_FAILED', 'broken', false],
  ])('%s - %s', async (stack, now, up) => {
    expect((await told({ stack })).of('chat-app')).toMatchObject({ now, up, why: { code: now } });
  });

  test('its stop of a Saturday found nothing - off since the stop of Friday, which is asked for', async () => {
    const vain = anEnvironmentRun({
      key: '2026-11-07T18:00',
      status: 'succeeded',
      reason: 'already gone',
      endedAt: '2026-11-07T09:00:10.000Z',
    });
    const friday = anEnvironmentRun({
      key: '2026-11-06T18:00',
      status: 'succeeded',
      endedAt: '2026-11-06T09:06:00.000Z',
    });
    const { of } = await told({ now: SATURDAY + 10 * 3_600_000, runs: [vain], older: [vain, friday] });
    expect(of('chat-app')).toMatchObject({ since: '2026-11-06T09:06:00Z', run: { key: '2026-11-06T18:00' } });
    const alone = await told({ now: SATURDAY + 10 * 3_600_000, runs: [vain], older: [vain] });
    expect(alone.of('chat-app')).not.toHaveProperty('since');
  });
});

test('a name that every object has - is no word, no lease and no run', async () => {
  const { of } = await told({ stage: { workloads: { constructor: aWorkload(), tostring: anEnvironment() } } });
  expect(of('constructor')).toMatchObject({ now: 'off', why: { code: 'between-runs' } });
});

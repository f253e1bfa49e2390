import { describe, expect, test } from '@jest/globals';
import { stopUnstopped as sweep } from '../../../functions/sweep-runs/unstopped.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Workload } from '../../../shared/stage/compiled.ts';
import type { Keep } from '../../../shared/state/overrides.ts';
import type { Run } from '../../../shared/state/runs.ts';
import {
  anEnvironment,
  anEnvironmentRun,
  aStage,
  aWorkload,
  minutesAfter,
  STOP_AT,
  STOP_KEY,
} from '../../shared/builders.ts';

interface World {
  workloads?: Record<string, Workload>;
  /** Since when each is looked after; otherwise for months. */
  since?: Record<string, number>;
  runs?: Partial<Run>[];
  keeps?: string[];
  refuses?: boolean;
}

/** A stage in which runs were made and words said; an execution is started once for each name, as Step Functions does. */
function world({ workloads = { 'chat-app': anEnvironment() }, since, runs = [], keeps = [], refuses }: World = {}) {
  const started: [string, string, Record<string, unknown>][] = [];
  const published: Notice[] = [];
  const asked: string[][] = [];
  const known = runs.map((run) => anEnvironmentRun({ status: 'succeeded', ...run }));
  const effects = {
    stage: () => aStage({ workloads }),
    seenSince: async (names: string[], now: number) => {
      asked.push(names);
      return since ?? Object.fromEntries(names.map((name) => [name, now - 90 * 86_400_000]));
    },
    recorded: new Set<string>(),
    keeps: keeps.map((until): Keep => ({ act: 'keep', by: 'ana', why: 'x', at: '2026-11-01T00:00:00Z', until })),
    getRun: async (workload: string, key: string): Promise<Run | undefined> =>
      known.find((run) => run.workload === workload && run.key === key),
    startExecution: async (act: string, name: string, input: object) => {
      if (refuses) throw new Error('throttled');
      if (started.some(([, other]) => other === name)) return false;
      started.push([act, name, { ...input }]);
      return true;
    },
    publish: async (notice: Notice) => {
      published.push(notice);
    },
  };
  const record = (run: Partial<Run>) => known.push(anEnvironmentRun({ status: 'succeeded', ...run }));
  return { effects, started, published, asked, record };
}

const stopUnstopped = (now: number, { keeps, ...effects }: ReturnType<typeof world>['effects']) =>
  sweep(now, keeps, effects);

/** Minutes after the stop of Monday, 18:00 in Seoul. */
const later = (minutes: number) => minutesAfter(STOP_AT, minutes);
/** That the stop of the evening is no matter: it has its record. */
const stopped: Partial<Run> = { key: STOP_KEY };

describe('stopUnstopped, the last stop of the schedule', () => {
  test('it has its record - nothing', async () => {
    const { effects, started, published } = world({ runs: [stopped] });
    expect(await stopUnstopped(later(10), effects)).toEqual([]);
    expect([started, published]).toEqual([[], []]);
  });

  test('it was seen to have its record - the table is not asked again', async () => {
    const { effects } = world({ runs: [stopped] });
    const asked: string[] = [];
    const getRun = async (workload: string, key: string) => {
      asked.push(key);
      return effects.getRun(workload, key);
    };
    for (const minutes of [10, 20, 30]) await stopUnstopped(later(minutes), { ...effects, getRun });
    expect(asked).toEqual([STOP_KEY]);
  });

  test('it has none - started with its own time and key, and said', async () => {
    const { effects, started, published } = world();
    expect(await stopUnstopped(later(5), effects)).toEqual([`chat-app ${STOP_KEY}`]);
    expect(started).toEqual([
      [
        'stop',
        expect.stringMatching(/^chat-app-202611021800-swept-\d+$/),
        { workload: 'chat-app', scheduledFor: STOP_AT, key: STOP_KEY, by: 'sweeper' },
      ],
    ]);
    expect(published).toMatchObject([
      { severity: 'warning', id: expect.stringMatching(`^chat-app ${STOP_KEY} lost `) },
    ]);
  });

  test('less than five minutes after its time - EventBridge may still deliver it', async () => {
    const { effects, started } = world({ runs: [{ key: '2026-11-01T18:00' }] });
    expect(await stopUnstopped(later(5) - 1, effects)).toEqual([]);
    expect(started).toEqual([]);
  });

  test('it was skipped, or goes on, or failed - it has its record: not its matter', async () => {
    for (const status of ['skipped', 'running', 'failed'] as const)
      expect(await stopUnstopped(later(10), world({ runs: [{ ...stopped, status }] }).effects)).toEqual([]);
  });

  test('still without a record - again in every hour, and once in each', async () => {
    const { effects, started, published, record } = world();
    for (let minutes = 5; minutes < 245; minutes += 10) await stopUnstopped(later(minutes), effects);
    expect([started.length, published.length]).toEqual([4, 4]);
    expect(new Set(started.map(([, name]) => name.split('-').at(-1))).size).toBe(4);
    record(stopped);
    expect(await stopUnstopped(later(300), effects)).toEqual([]);
  });

  test('no sweep for hours, two were lost - the last alone: one stop is enough', async () => {
    const hours = [
      { days: 'weekdays' as const, from: '08:00', to: '12:00' },
      { days: 'weekdays' as const, from: '13:00', to: '18:00' },
    ];
    const { effects } = world({ workloads: { 'chat-app': anEnvironment({ hours }) } });
    expect(await stopUnstopped(later(10), effects)).toEqual([`chat-app ${STOP_KEY}`]);
  });

  test('a Sunday, on which nothing starts - its stop is looked for all the same', async () => {
    const { effects } = world();
    expect(await stopUnstopped(Date.parse('2026-11-01T18:10:00+09:00'), effects)).toEqual([
      'chat-app 2026-11-01T18:00',
    ]);
  });

  test('a stop inside a spring gap - is started by us, as news', async () => {
    const berlin = anEnvironment({
      timezone: 'Europe/Berlin',
      hours: [{ days: ['sat'], from: '22:00', to: '02:30' }],
    });
    const { effects, started, published } = world({ workloads: { 'chat-app': berlin } });
    const gap = Date.parse('2026-03-29T01:00:00Z');
    expect(await stopUnstopped(gap + 5 * 60_000, effects)).toEqual(['chat-app 2026-03-29T02:30']);
    expect(started[0]?.[2]).toMatchObject({ scheduledFor: '2026-03-29T01:00:00.000Z' });
    expect(published).toMatchObject([{ severity: 'info', id: 'chat-app 2026-03-29T02:30 gap' }]);
  });
});

describe('stopUnstopped, what it looks after', () => {
  test('a workload that the stage file names anew - nothing for the time before', async () => {
    const since = { 'chat-app': later(1) };
    const { effects } = world({ since });
    expect(await stopUnstopped(later(10), effects)).toEqual([]);
    expect(await stopUnstopped(later(24 * 60 + 5), effects)).toEqual(['chat-app 2026-11-03T18:00']);
  });

  test('one that it does not know yet - nothing', async () => {
    expect(await stopUnstopped(later(10), world({ since: {} }).effects)).toEqual([]);
  });

  test('a stage without environments - nothing is even asked', async () => {
    const { effects, asked } = world({ workloads: { nightly: aWorkload() } });
    expect(await stopUnstopped(later(10), effects)).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('batches and environments - every name is remembered, environments alone are stopped', async () => {
    const { effects, asked } = world({
      workloads: { nightly: aWorkload(), 'chat-app': anEnvironment(), docs: anEnvironment() },
      runs: [stopped],
    });
    expect(await stopUnstopped(later(10), effects)).toEqual([`docs ${STOP_KEY}`]);
    expect(asked).toEqual([['nightly', 'chat-app', 'docs']]);
  });

  test('it cannot be started - the error gets through, and nothing was said', async () => {
    const { effects, published } = world({ refuses: true });
    await expect(stopUnstopped(later(10), effects)).rejects.toThrow('throttled');
    expect(published).toEqual([]);
  });

  test('the longest name - an execution name that Step Functions takes', async () => {
    const { effects, started } = world({
      workloads: { ['a'.repeat(24)]: anEnvironment() },
      keeps: [new Date(later(7)).toISOString()],
    });
    await stopUnstopped(later(10), effects);
    expect(started).toHaveLength(2);
    for (const [, name] of started) expect(name).toMatch(/^[\w-]{1,80}$/);
  });
});

describe('stopUnstopped, the end of a keep', () => {
  const TONIGHT = '2026-11-02T22:00:00+09:00';
  const night = (minutes: number) => minutesAfter(TONIGHT, minutes);

  test('a minute before, and then - nothing, then stopped under its local minute, without a word', async () => {
    const { effects, started, published } = world({ runs: [stopped], keeps: [TONIGHT] });
    expect(await stopUnstopped(night(-1), effects)).toEqual([]);
    expect(await stopUnstopped(night(0), effects)).toEqual(['chat-app 2026-11-02T22:00']);
    expect(started).toEqual([
      [
        'stop',
        expect.stringMatching(/^chat-app-202611022200-swept-/),
        {
          workload: 'chat-app',
          scheduledFor: '2026-11-02T13:00:00.000Z',
          key: '2026-11-02T22:00',
          by: 'sweeper',
        },
      ],
    ]);
    expect(published).toEqual([]);
  });

  test('it has its record - nothing more', async () => {
    const { effects } = world({ runs: [stopped, { key: '2026-11-02T22:00' }], keeps: [TONIGHT] });
    expect(await stopUnstopped(night(10), effects)).toEqual([]);
  });

  test('its own and the stage’s - two ends, two stops', async () => {
    const { effects } = world({ runs: [stopped], keeps: [TONIGHT, '2026-11-02T21:00:00+09:00'] });
    expect(await stopUnstopped(night(0), effects)).toEqual(['chat-app 2026-11-02T22:00', 'chat-app 2026-11-02T21:00']);
  });

  test('ended before the stage file named it, or more than a day ago - nothing: its stops have come since', async () => {
    const runs = [stopped, { key: '2026-11-03T18:00' }];
    const since = { 'chat-app': night(1) };
    expect(await stopUnstopped(night(10), world({ runs, keeps: [TONIGHT], since }).effects)).toEqual([]);
    expect(await stopUnstopped(night(24 * 60 + 1), world({ runs, keeps: [TONIGHT] }).effects)).toEqual([]);
  });

  test('it ends in the minute of the stop that it held back - to the second, so that it is stopped', async () => {
    const heldBack = { ...stopped, status: 'skipped', reason: 'kept by ana until x: y' } as const;
    const { effects, started, record } = world({ runs: [heldBack], keeps: ['2026-11-02T09:00:40.500Z'] });
    expect(await stopUnstopped(later(10), effects)).toEqual([`chat-app ${STOP_KEY}:40`]);
    expect(started[0]?.[2]).toMatchObject({ key: `${STOP_KEY}:40`, scheduledFor: '2026-11-02T09:00:40.500Z' });
    record({ key: `${STOP_KEY}:40` });
    expect(await stopUnstopped(later(20), effects)).toEqual([]);
  });

  test('it ends in the minute of a start, which a holiday skipped - to the second too', async () => {
    const start = { act: 'start', key: '2026-11-03T09:00', status: 'skipped', reason: 'closed: x' } as const;
    const { effects } = world({ runs: [stopped, start], keeps: ['2026-11-03T09:00:00+09:00'] });
    expect(await stopUnstopped(Date.parse('2026-11-03T09:10:00+09:00'), effects)).toEqual([
      'chat-app 2026-11-03T09:00:00',
    ]);
  });

  test('it ends in the minute of the stop, which was not held back - that stop is enough', async () => {
    const { effects } = world({ runs: [stopped], keeps: [STOP_AT] });
    expect(await stopUnstopped(later(10), effects)).toEqual([]);
  });
});

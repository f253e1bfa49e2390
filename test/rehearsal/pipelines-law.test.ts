import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { VirtualClock } from '../../rehearsal/clock.ts';
import { Journal } from '../../rehearsal/journal.ts';
import { PipelineLaws } from '../../rehearsal/laws/pipelines.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';

// Each law is broken here on purpose, by a history that has it so.

const step = (needs: string[], times = 0) => ({
  ...{ needs, retry: { times, waitSeconds: 1, backoff: 1 }, deadlineSeconds: 600, expect: {} },
  work: { by: 'command', on: 'mi-1', command: './a.sh', environment: {} },
});

const any = {
  kind: 'pipeline',
  timezone: 'UTC',
  days: 'every-day',
  closed: {},
  deadlineSeconds: 3600,
  begunWithinSeconds: 300,
};

const STAGE = {
  ...{ stage: 'test', timezone: 'UTC', calendar: { closed: {}, open: [], until: '2030-12-31' } },
  workloads: {
    first: {
      ...any,
      at: [{ time: '10:00' }],
      duration: { warnSeconds: 600 },
      steps: { a: step([]), b: step(['a'], 1) },
    },
    second: { ...any, at: [], after: 'first', duration: {}, steps: { c: step([]) } },
  },
} as unknown as CompiledStage;

const KEY = '2026-11-02T10:00';
const TEN = Date.parse(`${KEY}Z`);

const iso = (minutes: number) => new Date(TEN + minutes * 60_000).toISOString();

/** A history that goes by its own clock. */
class History {
  readonly clock = new VirtualClock(TEN - 3_600_000);
  readonly journal = new Journal();
  readonly found: string[] = [];
  readonly laws = new PipelineLaws(
    STAGE,
    () => false,
    (law, _, text) => this.found.push(`${law} ${text}`),
  );

  constructor() {
    this.journal.onEntry((entry) => this.laws.check(entry));
    this.journal.write({ what: 'heartbeat' });
  }

  async until(minutes: number): Promise<void> {
    this.clock.at(TEN + minutes * 60_000, () => undefined);
    await this.clock.runUntil(TEN + minutes * 60_000);
  }

  record(status: string, workload = 'first', more: object = {}): void {
    const item = {
      ...{ kind: 'pipeline', workload, key: KEY, status, generation: 1, by: 'schedule' },
      ...{ admittedAt: iso(0), startedAt: iso(0), ...more },
    };
    this.journal.write({ what: 'record', workload, key: KEY, status, item });
  }

  work(name: string, phase: 'started' | 'ended' | 'failed', more: { generation?: number; key?: string } = {}): void {
    const workload = name === 'c' ? 'second' : 'first';
    this.journal.write({
      ...{ what: 'step', workload, key: KEY, step: name, generation: 1, attempt: 1, ...more },
      ...(phase === 'started' ? { phase } : { phase: 'ended', isWell: phase === 'ended' }),
    });
  }

  say(event: string): void {
    this.journal.write({ what: 'notice', notice: { id: `first ${KEY} ${event}` } as Notice });
  }

  /** What is found at the end as well. */
  over(): string[] {
    this.laws.checkEnd(this.clock.now);
    return this.found;
  }
}

let history: History;
beforeEach(() => {
  history = new History();
});
afterEach(() => history.clock.uninstall());

/** A run as it should be. */
async function well(): Promise<void> {
  await history.until(0);
  history.record('running');
  for (const name of ['a', 'b']) {
    history.work(name, 'started');
    history.work(name, 'ended');
  }
  history.record('succeeded');
  history.record('running', 'second', { by: 'first' });
  history.work('c', 'started');
  history.work('c', 'ended');
  history.record('succeeded', 'second', { by: 'first' });
}

test('a run as it should be - nothing is found', async () => {
  await well();
  await history.until(60);
  expect(history.over()).toEqual([]);
});

test('a step before what it needs - law 2', async () => {
  await history.until(0);
  history.record('running');
  history.work('a', 'started');
  history.work('b', 'started');
  expect(history.found).toEqual([`2 b of first ${KEY} was begun before a, which it needs, had succeeded`]);
});

test('a step after one that failed - law 2', async () => {
  await history.until(0);
  history.record('running');
  history.work('a', 'started');
  history.work('a', 'failed');
  history.work('b', 'started');
  expect(history.found).toHaveLength(1);
});

test('a step that a person names - begins whatever became of what it needs', async () => {
  await history.until(0);
  history.record('running', 'first', { generation: 2, again: { from: 'b' } });
  history.work('b', 'started', { generation: 2 });
  expect(history.found).toEqual([]);
});

test('a step once too often - law 2; as often as the stage file has it tried is well', async () => {
  await history.until(0);
  history.record('running');
  for (const phase of ['started', 'ended'] as const) history.work('a', phase);
  for (const phase of ['started', 'failed', 'started', 'failed'] as const) history.work('b', phase);
  expect(history.found).toEqual([]);
  history.work('b', 'started');
  expect(history.found).toEqual([`2 b of first ${KEY} was begun 3 times, tried again 1 times`]);
});

test('two runs of a pipeline at a time - law 2', async () => {
  await history.until(0);
  history.record('running');
  history.work('a', 'started');
  history.work('a', 'started', { key: '2026-11-01T10:00' });
  expect(history.found).toEqual([`2 a of first 2026-11-01T10:00 was begun while a of ${KEY} was going on`]);
});

test('a success that nothing comes after - law 3', async () => {
  await history.until(0);
  history.record('running');
  history.record('succeeded');
  expect(history.over()).toEqual([`3 nothing became of second ${KEY}, which comes after first`]);
});

test('a failure that is followed all the same - law 2', async () => {
  await history.until(0);
  history.record('running');
  history.record('failed');
  history.record('running', 'second', { by: 'first' });
  expect(history.over()).toContain(`2 second ${KEY} was begun although first ended failed`);
});

test('a success that is followed twice - law 2', async () => {
  await well();
  history.record('running', 'second', { by: 'first', generation: 2 });
  expect(history.over()).toEqual([`2 second ${KEY} was begun more often by first than that succeeded`]);
});

test('a run that does not begin - law 3 where nobody was told within a while after five minutes', async () => {
  await history.until(60);
  expect(history.over()).toEqual([`3 first ${KEY} had not begun, and nobody was told`]);
});

test('a run that does not begin, and is said not to - nothing is found', async () => {
  await history.until(5);
  history.say('not-begun');
  await history.until(60);
  expect(history.over()).toEqual([]);
});

test('a run that takes long - law 3 where it is said at the end alone', async () => {
  await history.until(0);
  history.record('running');
  await history.until(25);
  history.say('slow');
  history.record('failed');
  history.record('skipped', 'second', { by: 'first', generation: 0 });
  expect(history.over()).toEqual([`3 first ${KEY} took long, and nobody was told while it did`]);
});

test('a further success that nothing comes after - law 3, although the first was followed', async () => {
  await well();
  await history.until(30);
  history.record('running', 'first', { generation: 2, by: 'kim', startedAt: iso(30) });
  history.record('succeeded', 'first', { generation: 2, by: 'kim', startedAt: iso(30) });
  expect(history.over()).toEqual([`3 nothing became of second ${KEY}, which comes after first`]);
});

test('a run that waits for another for long - nothing is found: it has not begun', async () => {
  await history.until(0);
  history.record('running', 'first', { startedAt: undefined });
  await history.until(25);
  history.record('aborted', 'first', { startedAt: undefined });
  history.record('skipped', 'second', { by: 'first', generation: 0 });
  expect(history.over()).toEqual([]);
});

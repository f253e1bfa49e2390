import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Load, QUIET } from '../../../../rehearsal/outside/jobs/load.ts';
import { JobQueue } from '../../../../rehearsal/outside/jobs/queue.ts';
import { Random } from '../../../../rehearsal/random.ts';
import { SECOND, START, Time } from './time.ts';

/** Jobs of exactly ten seconds. */
const TEN: Load = { ...QUIET, takes: { from: 10, to: 10 } };

function queueOf(load: Partial<Load> = {}, time = new Time()) {
  return { time, queue: new JobQueue(time, new Random(1), { ...TEN, ...load }) };
}

describe('jobs', () => {
  test('three of ten seconds and a worker for two - the third begins when one ends', () => {
    const { time, queue } = queueOf();
    queue.add(3);
    queue.join('a', 2);
    expect(queue.counts()).toMatchObject({ waiting: 1, active: 2, added: 3, oldestAt: START });
    time.until(10);
    expect(queue.counts()).toMatchObject({ waiting: 0, active: 1, ended: { completed: 2, failed: 0 } });
    expect(queue.emptySince).toBeUndefined();
    time.until(25);
    expect(queue.results()).toMatchObject({ arrived: 3, done: 3, inside: 0, waits: { p50: 0, p95: 10, max: 10 } });
    expect(queue.emptySince).toBe(START + 20 * SECOND);
  });

  test('nobody begins them - their waits count', () => {
    const { time, queue } = queueOf({ bursts: [{ at: START + 5 * SECOND, jobs: 2 }] });
    time.until(65);
    expect(queue.results()).toMatchObject({ arrived: 2, done: 0, inside: 2, waits: { max: 60 } });
  });

  test('paused - nothing is begun until it goes on', () => {
    const { time, queue } = queueOf();
    queue.join('a', 4);
    queue.pause();
    queue.add(2);
    time.until(60);
    expect(queue.counts()).toMatchObject({ waiting: 2, active: 0 });
    queue.resume();
    expect(queue.counts()).toMatchObject({ waiting: 0, active: 2 });
  });

  test('poison - tried as often as it may be, with a break between, and kept as failed with its reason', () => {
    const { time, queue } = queueOf({ poison: 100, attempts: 2, backoffSeconds: 5, reason: 'Error: no such page' });
    queue.join('a', 1);
    queue.add(1);
    time.until(12);
    expect(queue.counts()).toMatchObject({ waiting: 0, active: 0, delayed: 1, attemptsFailed: 1, failed: 0 });
    time.until(25);
    expect(queue.counts()).toMatchObject({ failed: 1, ended: { completed: 0, failed: 1 } });
    expect(queue.kept.last('failed', 5)).toEqual([{ id: 1, at: START + 25 * SECOND, reason: 'Error: no such page' }]);
  });

  test('delayed, and no worker when their time comes - due until one comes', () => {
    const { time, queue } = queueOf({ delayed: { percent: 100, seconds: 30 } });
    queue.add(2);
    expect(queue.counts()).toMatchObject({ delayed: 2, due: 0 });
    time.until(40);
    expect(queue.counts()).toMatchObject({ waiting: 0, delayed: 0, due: 2, oldestAt: START + 30 * SECOND });
    queue.join('a', 1);
    expect(queue.counts()).toMatchObject({ waiting: 1, active: 1, due: 0 });
  });

  test('those that are kept are cleaned by age, the oldest first - and free memory', () => {
    const { time, queue } = queueOf({ keepsCompleted: true, memory: { percent: 40, perThousand: 1000 } });
    queue.join('a', 1);
    queue.add(3);
    time.until(30);
    expect(queue.counts().completed).toBe(3);
    expect(queue.kept.memoryPercent).toBe(43);
    expect(queue.kept.clean('completed', START + 20 * SECOND, 10)).toEqual([1]);
    expect(queue.kept.clean('completed', START + 60 * SECOND, 1)).toEqual([2]);
    expect(queue.kept.last('completed', 10)).toMatchObject([{ id: 3 }]);
    expect(queue.kept.memoryPercent).toBe(41);
  });
});

describe('workers', () => {
  test('one that is to stop - ends what it has begun, and begins nothing', () => {
    const { time, queue } = queueOf();
    queue.add(3);
    queue.join('a', 2);
    time.until(4);
    expect(queue.close('a')).toBe(START + 10 * SECOND);
    expect(queue.busy('a')).toBe(2);
    time.until(60);
    expect(queue.results()).toMatchObject({ done: 2, inside: 1, repeated: 0 });
  });

  test('one that is killed - its job is active until it is found, and is done again', () => {
    const { time, queue } = queueOf();
    queue.add(1);
    queue.join('a', 1);
    queue.join('b', 1);
    time.until(4);
    queue.kill('a');
    expect(queue.counts()).toMatchObject({ waiting: 0, active: 1 });
    time.until(30);
    expect(queue.results()).toMatchObject({ done: 0, repeated: 0, inside: 1 });
    time.until(80);
    expect(queue.results()).toMatchObject({ done: 1, repeated: 1, lost: 0, inside: 0 });
  });

  test('killed twice with the same job - it is lost, and says why', () => {
    const { time, queue } = queueOf({ takes: { from: 300, to: 300 } });
    queue.add(1);
    for (const [worker, at] of [
      ['a', 10],
      ['b', 100],
      ['c', 300],
    ] as const) {
      queue.join(worker, 1);
      time.until(at);
      if (worker !== 'c') queue.kill(worker);
    }
    expect(queue.results()).toMatchObject({ done: 0, repeated: 1, lost: 1, inside: 0 });
    expect(queue.kept.last('failed', 1)).toMatchObject([{ reason: 'job stalled more than allowable limit' }]);
  });

  test('none is left - what has stalled is found by the next', () => {
    const { time, queue } = queueOf();
    queue.add(1);
    queue.join('a', 1);
    queue.kill('a');
    time.until(600);
    expect(queue.counts()).toMatchObject({ waiting: 0, active: 1 });
    queue.join('b', 1);
    time.until(620);
    expect(queue.results()).toMatchObject({ done: 1, repeated: 1 });
  });
});

describe('whatever happens', () => {
  const acts = fc.array(
    fc.record({ after: fc.integer({ min: 1, max: 90 }), act: fc.constantFrom('join', 'close', 'kill', 'look') }),
    { maxLength: 30 },
  );
  const load = { rate: () => ({ perMinute: 20, until: Number.POSITIVE_INFINITY }), fails: 20, poison: 5 };

  test('no job is nowhere, and none is twice', () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 1000 }), (steps, seed) => {
        const { jobs } = lived(steps, seed, load);
        expect(jobs.done + jobs.failed + jobs.lost + jobs.inside).toBe(jobs.arrived);
      }),
    );
  });

  test('looked at more often - the same has happened', () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 1000 }), (steps, seed) => {
        expect(lived(steps, seed, load)).toEqual(lived(steps, seed, load, 3));
      }),
    );
  });

  test('more workers - the same jobs come', () => {
    const arrivals = (workers: number) => {
      const { time, queue } = queueOf({ ...load, long: { percent: 10, seconds: 60 } });
      for (let worker = 0; worker < workers; worker++) queue.join(`w${worker}`, 2);
      return [600, 1200, 3600].map((at) => {
        time.until(at);
        return queue.counts().added;
      });
    };
    expect(arrivals(9)).toEqual(arrivals(1));
  });
});

/** @param every looks so often besides, in seconds */
function lived(steps: { after: number; act: string }[], seed: number, load: Partial<Load>, every?: number) {
  const time = new Time();
  const queue = new JobQueue(time, new Random(seed), { ...QUIET, ...load });
  let [at, count] = [0, 0];
  const seen = steps.map(({ after, act }) => {
    if (every) for (let between = at; between < at + after; between += every) look(time, queue, between);
    at += after;
    time.until(at);
    if (act === 'join') queue.join(`w${++count}`, 3);
    if (act === 'close') queue.close(`w${Math.ceil(count / 2)}`);
    if (act === 'kill') queue.kill(`w${count}`);
    return queue.counts();
  });
  return { seen, jobs: queue.results() };
}

function look(time: Time, queue: JobQueue, seconds: number): void {
  time.until(seconds);
  queue.counts();
}

import { expect, test } from '@jest/globals';
import { QUIET } from '../../../../rehearsal/outside/jobs/load.ts';
import { JobQueue } from '../../../../rehearsal/outside/jobs/queue.ts';
import { readingOf } from '../../../../rehearsal/outside/jobs/reading.ts';
import { Random } from '../../../../rehearsal/random.ts';
import { START, Time } from './time.ts';

test('two readings two minutes apart - what has happened a minute between them, and why jobs failed', () => {
  const time = new Time();
  const load = { ...QUIET, takes: { from: 10, to: 10 }, poison: 50, attempts: 1, reason: 'Error: no such page' };
  const queue = new JobQueue(time, new Random(3), load);
  const { counts: before } = readingOf(queue, undefined);
  queue.add(8);
  queue.join('a', 4);
  time.until(120);
  const { reading, counts } = readingOf(queue, before);
  const { failed } = counts.ended;
  expect(failed).toBeGreaterThan(0);
  expect(reading).toEqual({
    ...{ at: START + 120_000, waiting: 0, active: 0, delayed: 0, due: 0, failed, oldestSeconds: 0 },
    ...{ arrivals: 4, completions: (8 - failed) / 2, failures: failed / 2, errorPercent: (100 * failed) / 8 },
    reasons: [{ reason: 'Error: no such page', times: failed }],
  });
});

test('the first reading - nothing is said of what has happened', () => {
  const queue = new JobQueue(new Time(), new Random(3), QUIET);
  expect(Object.keys(readingOf(queue, undefined).reading)).not.toContain('arrivals');
});

test('paused - what waits wants no worker', () => {
  const queue = new JobQueue(new Time(), new Random(3), QUIET);
  queue.pause();
  queue.add(2);
  expect(readingOf(queue, undefined).reading).toMatchObject({ waiting: 0, due: 0, paused: 2, oldestSeconds: 0 });
});

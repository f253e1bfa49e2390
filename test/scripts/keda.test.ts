import { expect, test } from '@jest/globals';
import { EcsTasks } from '../../rehearsal/aws/ecs-tasks.ts';
import { QUIET } from '../../rehearsal/outside/jobs/load.ts';
import { JobQueue } from '../../rehearsal/outside/jobs/queue.ts';
import { Random } from '../../rehearsal/random.ts';
import { keda } from '../../scripts/queue-scaling/keda.ts';
import { Ticker } from '../../scripts/queue-scaling/ticker.ts';

const START = Date.parse('2026-11-02T00:00:00Z');

/** What is wanted at so many seconds, where so many jobs are there from the beginning. */
function wantedAt(jobs: number, seconds: number[], isOut = () => false): number[] {
  const ticker = new Ticker(START);
  const queue = new JobQueue(ticker, new Random(1), { ...QUIET, takes: { from: 10, to: 10 } });
  const settings = { concurrency: 1, stopTimeoutSeconds: 120, isProtecting: false };
  const tasks = new EcsTasks(ticker, new Random(2), queue, settings);
  queue.add(jobs);
  keda({ ticker, queue, tasks, scaled: tasks, isOut, capped: [] }, { max: 50 });
  return seconds.map((second) => {
    ticker.runUntil(START + second * 1000);
    return tasks.desired;
  });
}

test('200 jobs from none - one at the first poll, then four more or twice as many each 15 seconds, one for five jobs', () =>
  expect(wantedAt(200, [29, 30, 37, 52, 67, 82])).toEqual([0, 1, 5, 10, 20, 40]));

test('a job that is done - the worker stays for 300 seconds, and is gone at the next poll', () =>
  expect(wantedAt(1, [30, 330, 500])).toEqual([1, 1, 0]));

test('what cannot be measured - nothing is changed', () => expect(wantedAt(200, [600], () => true)).toEqual([0]));

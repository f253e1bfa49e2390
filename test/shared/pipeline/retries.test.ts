import { expect, test } from '@jest/globals';
import { poll } from '../../../shared/pipeline/retries.ts';

/** How often it is asked in so many seconds. */
function times(seconds: number): number {
  const { IntervalSeconds, BackoffRate, MaxDelaySeconds } = poll(seconds);
  let count = 0;
  for (let [at, delay] = [0, IntervalSeconds]; at < seconds; delay = Math.min(delay * BackoffRate, MaxDelaySeconds)) {
    at += delay;
    count++;
  }
  return count;
}

test('what takes some minutes - is known to have ended within half a minute', () => {
  expect(poll(600)).toMatchObject({ IntervalSeconds: 5, MaxDelaySeconds: 30 });
});

test('twenty commands side by side that take a day - are in the history of one execution', () => {
  expect(20 * times(24 * 3600) * 3).toBeLessThan(25_000);
});

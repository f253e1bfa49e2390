import type { EcsTasks } from '../../rehearsal/aws/ecs-tasks.ts';
import type { Scaled } from '../../rehearsal/aws/scaling.ts';
import type { JobQueue } from '../../rehearsal/outside/jobs/queue.ts';
import type { Ticker } from './ticker.ts';

const MINUTE = 60_000;

/** What is looked at while a course goes on, whoever scales. */
export interface Watch {
  scaled: Scaled;
  /** When fewer tasks than before were wanted. */
  scaledIn: number[];
  /** The mean, of the minutes in which anything was there, and the most. */
  backlog: () => { mean: number; most: number };
}

/**
 * @param isEarly whether cooldowns begin when a change is asked for, and not, as AWS has it, when it is fulfilled
 */
export function watched(ticker: Ticker, queue: JobQueue, tasks: EcsTasks, isEarly: boolean): Watch {
  const scaledIn: number[] = [];
  const seen = { sum: 0, minutes: 0, most: 0 };
  ticker.every(ticker.now + MINUTE / 2, MINUTE, () => {
    const { waiting, active, due } = queue.counts();
    const backlog = waiting + active + due;
    seen.sum += backlog;
    seen.minutes += backlog > 0 ? 1 : 0;
    seen.most = Math.max(seen.most, backlog);
  });
  return {
    scaled: {
      get desired() {
        return tasks.desired;
      },
      get settledAt() {
        return isEarly ? 0 : tasks.settledAt;
      },
      setDesired(count) {
        if (count < tasks.desired) scaledIn.push(ticker.now);
        tasks.setDesired(count);
      },
    },
    scaledIn,
    backlog: () => ({ mean: seen.minutes === 0 ? 0 : seen.sum / seen.minutes, most: seen.most }),
  };
}

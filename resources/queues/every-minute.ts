import { everyMinute } from '../every-minute.ts';

/** What has queues read and their workers set every minute, and says when nobody does. */
export function tending(): Record<string, object> {
  return everyMinute({
    name: 'tend-queues',
    description: 'Reads every queue, and has as many workers as each needs.',
    fails: 'Lamplighter cannot tend its queues, so that workers stay as they are. Look at the log of tendQueues.',
    silent:
      'Nobody tends the queues, which is due every minute. Look at the schedule tend-queues and the quota of Lambda.',
  });
}

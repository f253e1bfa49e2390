import type { EcsTasks } from '../../rehearsal/aws/ecs-tasks.ts';
import type { Scaled } from '../../rehearsal/aws/scaling.ts';
import { ScalableTarget } from '../../rehearsal/aws/scaling.ts';
import { ALARM_DELAY_MS, ScalingAlarms } from '../../rehearsal/aws/scaling-alarms.ts';
import type { Counts } from '../../rehearsal/outside/jobs/job.ts';
import type { JobQueue } from '../../rehearsal/outside/jobs/queue.ts';
import { readingOf } from '../../rehearsal/outside/jobs/reading.ts';
import { judgeQueue } from '../../shared/queues/judge.ts';
import { backlogOf, type Reading } from '../../shared/queues/reading.ts';
import type { QueueWorkload } from '../../shared/stage/compiled.ts';
import { NOTHING_REMEMBERED, type QueueMemory } from '../../shared/state/queues.ts';
import { scalingAlarms } from './template.ts';
import type { Ticker } from './ticker.ts';
import type { Way } from './ways.ts';

/** What there is in a course. */
export interface Scene {
  ticker: Ticker;
  queue: JobQueue;
  tasks: EcsTasks;
  scaled: Scaled;
  /** Whether nothing can be measured just now. */
  isOut: () => boolean;
  /** When the maximum began to be held down. */
  capped: number[];
}

const MINUTE = 60_000;
/** So long after the minute a queue has been read. */
const READ_MS = 2000;
const NO_HOLIDAYS = { closed: {}, open: [], until: '9999-12-31' };

/** Has Application Auto Scaling scale by the resources that are deployed for a queue, and tend-queues decide where it does. */
export function scale(scene: Scene, { queue: workload, by, alarms: others }: Way): void {
  const { ticker, queue, scaled, isOut } = scene;
  const target = new ScalableTarget(ticker, scaled, workload.scaling);
  const alarms = new ScalingAlarms(target, others ?? scalingAlarms(workload));
  let before: Counts | undefined;
  let memory: QueueMemory = NOTHING_REMEMBERED;
  const start = ticker.now;
  ticker.every(start + READ_MS, MINUTE, () => {
    if (isOut()) return;
    const { reading, counts } = readingOf(queue, before);
    before = counts;
    alarms.put('Backlog', ticker.now, backlogOf(reading));
    if (by === 'tend-queues') memory = tended(memory, reading, scene, workload, target);
    if (memory.wanted !== undefined) alarms.put('Wanted', ticker.now, memory.wanted);
  });
  ticker.every(start + MINUTE + ALARM_DELAY_MS, MINUTE, () => alarms.evaluate(ticker.now));
}

function tended(
  memory: QueueMemory,
  reading: Reading,
  { tasks: { running, pending, desired }, capped }: Scene,
  workload: QueueWorkload,
  target: ScalableTarget,
): QueueMemory {
  const read = { reading, mark: { at: reading.at, inside: 0 } };
  const seen = { read, service: { running, pending, desired }, isKept: false };
  const times = { since: memory.reading?.at ?? 0, now: reading.at };
  const judged = judgeQueue(memory, seen, workload, NO_HOLIDAYS, times);
  const { min, max, inSuspended: isInSuspended, outSuspended: isOutSuspended } = judged.limits;
  target.register({ min, max, isInSuspended, isOutSuspended });
  if (judged.runaway === 'capped') capped.push(reading.at);
  return judged.memory;
}

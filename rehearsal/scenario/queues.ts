import * as z from 'zod';
import { duration, instant, times, window, workload } from './fields.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a local time such as 09:00');
const percent = z.number().min(0).max(100);

/** What befalls a queue; without it, what comes on a usual day. */
export const queue = z.strictObject({
  arrivals: z
    .array(z.strictObject({ from: time, to: time, perMinute: z.number().min(0) }))
    .optional()
    .describe('how many jobs come a minute, on average, from one local time to another; where two meet, both'),
  bursts: z
    .array(z.strictObject({ at: instant, jobs: z.int().min(1) }))
    .default([])
    .describe('jobs that come all at once'),
  takes: z
    .tuple([duration, duration])
    .optional()
    .describe('how long a job takes, shortest and longest; without it, around what the stage file says'),
  long: z.strictObject({ percent, takes: duration }).optional().describe('jobs that take longer'),
  delayed: z.strictObject({ percent, by: duration }).optional().describe('jobs that are to be done later'),
  fails: percent.default(0).describe('attempts that fail, in percent'),
  poison: percent.default(0).describe('jobs of which every attempt fails, in percent'),
  attempts: z.int().min(1).default(3).describe('how often a job is tried'),
  backoff: duration.default(10_000).describe('so long after a failure it is tried again'),
  reason: z.string().default('Error: navigation timeout').describe('why attempts fail'),
  keeps: z.boolean().default(false).describe('whether jobs that were done stay in the queue until they are cleaned'),
  memory: z
    .strictObject({ percent, perThousand: z.number().min(0) })
    .optional()
    .describe(
      'what the queue takes of the memory of Redis, in percent: always, and for each thousand jobs that it keeps',
    ),
});

export type QueueScenario = z.output<typeof queue>;

/** What goes wrong with a queue, or between it and its workers. */
export const queueFaults = [
  z.strictObject({
    queue: z
      .union([z.int(), z.enum(['refuses', 'hangs', 'mute', 'wrong-password', 'restarts', 'wrong-type'])])
      .describe(
        'how it answers who reads it: a status of HTTP, refuses, hangs, mute (connects, and says nothing), wrong-password, restarts, wrong-type (its key is of another type)',
      ),
    ...{ workload, times, ...window },
  }),
  z.strictObject({
    attempts: z.literal('fail').describe('attempts of jobs fail'),
    percent: percent.default(100),
    ...{ workload, ...window },
  }),
  z.strictObject({
    metrics: z.literal('lost').describe('CloudWatch gets nothing of what functions log'),
    ...{ workload, ...window },
  }),
  z.strictObject({ workers: z.literal('missing').describe('somebody has deleted the service'), workload, ...window }),
] as const;

export type QueueFault = z.output<(typeof queueFaults)[0]>;

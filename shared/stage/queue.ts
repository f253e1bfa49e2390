import * as z from 'zod';
import { ownBudget } from './budget.ts';
import { duration, expects, timezone } from './fields.ts';
import { runaway, scaling } from './queue-scaling.ts';
import { source } from './queue-source.ts';
import { workers } from './queue-workers.ts';

/** The kind `queue`: publish how much work waits, scale its workers to fifty and to zero, stop runaways. */

const anInstance = expects('an EC2 instance id such as i-0123456789abcdef0', 'copy it from the EC2 console');
const manyJobs = expects('a whole number of jobs such as 100', 'write 1 or more, without quotes');
const manyWorkers = expects('a whole number of workers such as 40', 'write 1 or more, without quotes');
const aPercent = expects('a percentage such as 80', 'write 1 to 100, without quotes and %');
const someAlarm = expects('a block such as { warning: 100, critical: 500 }, or off', 'write two numbers of jobs');

type Words = ReturnType<typeof expects>;
const off = (words: Words) => z.literal('off', words);

const percent = (fallback: number) =>
  z.union([off(aPercent), z.number(aPercent).min(1, aPercent).max(100, aPercent)], aPercent).default(fallback);

const alarms = z
  .strictObject({
    backlog: z
      .union(
        [
          off(someAlarm),
          z.strictObject({
            warning: z.int(manyJobs).min(1, manyJobs).default(100).describe('Over so many jobs: a warning.'),
            critical: z.int(manyJobs).min(1, manyJobs).default(500).describe('Over so many jobs: critical.'),
          }),
        ],
        someAlarm,
      )
      .prefault({})
      .describe('How many jobs may wait: { warning: 100, critical: 500 } when left out; off for no alarm.'),
    workers: z
      .union([off(manyWorkers), z.int(manyWorkers).min(1, manyWorkers)], manyWorkers)
      .optional()
      .describe('How many workers are worth a warning; four fifths of max when left out; off for no alarm.'),
    cpu: percent(80).describe('Percent of the processor of host; 80 when left out; off for no alarm.'),
    memory: percent(80).describe('Percent of the memory of Redis; 80 when left out; off for no alarm.'),
    errors: percent(10).describe('Percent of the jobs that fail; 10 when left out; off for no alarm.'),
  })
  .prefault({})
  .meta({ title: 'Alarms', description: 'What people are told of by CloudWatch, whatever is scaled.' });

const clean = z
  .strictObject({
    above: z.number(aPercent).min(1, aPercent).max(100, aPercent).default(80).describe('Percent of its memory.'),
    olderThan: duration.default('24h').describe('How long ago a job has to have ended, such as 24h.'),
  })
  .optional()
  .describe(
    'When Redis has used so much of its memory, jobs that completed or failed longer ago than that are removed; never ' +
      'when left out.',
  );

export const queue = z
  .strictObject({
    kind: z.literal('queue'),
    source,
    workers,
    scaling,
    runaway,
    clean,
    host: z
      .string(anInstance)
      .regex(/^i-([0-9a-f]{8}|[0-9a-f]{17})$/, anInstance)
      .optional()
      .describe('The EC2 instance that Redis and what adds jobs run on; its processor gets an alarm.'),
    alarms,
    budget: ownBudget,
    timezone: timezone.optional().describe('Another IANA time zone than that of the stage.'),
  })
  .meta({
    title: 'Queue',
    description: 'Publishes every minute how much work waits, and has as many workers as it needs.',
  });

export type Queue = z.output<typeof queue>;
export type WrittenAlarms = z.output<typeof alarms>;

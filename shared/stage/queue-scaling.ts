import * as z from 'zod';
import { days, duration, expects, time } from './fields.ts';

/** How many workers there are when, as people write it in the stage file. */

const manyWorkers = expects('a whole number of workers such as 10', 'write 0 to 500, without quotes');
const someWorkers = expects('a whole number of workers such as 10', 'write 1 to 500, without quotes');
const manyJobs = expects('a whole number of jobs such as 20', 'write 0 or more, without quotes');
const someJobs = expects('a whole number of jobs such as 20', 'write 1 or more, without quotes');
const aPercent = expects('a percentage such as 10', 'write 1 to 100, without quotes and %');
const aWay = expects('backlog, rules or target', 'leave the line out for backlog');
const someHours = expects(
  'a list such as [{ days: weekdays, from: "09:00", to: "18:00", workers: 2 }]',
  'write one "- { days, from, to, workers }" a line',
);
const someRules = expects(
  'a list of rules such as [{ over: 20, add: 1, cooldown: 60s }]',
  'write one "- { over or under, add or remove, cooldown }" a line',
);

const rule = z
  .strictObject({
    over: z.int(manyJobs).min(0, manyJobs).optional().describe('With more jobs than these.'),
    under: z.int(someJobs).min(1, someJobs).optional().describe('With fewer jobs than these.'),
    add: z.int(someWorkers).min(1, someWorkers).max(500, someWorkers).optional().describe('So many workers are added.'),
    remove: z
      .int(someWorkers)
      .min(1, someWorkers)
      .max(500, someWorkers)
      .optional()
      .describe('So many workers are taken away.'),
    cooldown: duration.default('60s').describe('How long nothing is done after it, such as 60s.'),
  })
  .meta({ title: 'Rule', description: 'Over or under so many jobs, workers are added or taken away.' });

/** The table of the source. */
const TABLE = [
  { over: 20, add: 1, cooldown: '60s' },
  { under: 10, remove: 1, cooldown: '300s' },
  { over: 200, add: 10, cooldown: '30s' },
];

export const scaling = z
  .strictObject({
    by: z
      .enum(['backlog', 'rules', 'target'], aWay)
      .default('backlog')
      .describe(
        'backlog: as many workers as bring what waits to an end in the tolerable time. rules: step by step, by a table. ' +
          'target: target tracking of CloudWatch.',
      ),
    min: z.int(manyWorkers).min(0, manyWorkers).max(500, manyWorkers).default(0).describe('Never fewer than these.'),
    max: z.int(someWorkers).min(1, someWorkers).max(500, someWorkers).default(50).describe('Never more than these.'),
    empty: duration.default('10m').describe('How long it has to be empty, with nothing active, before there are none.'),
    floor: z
      .array(
        z.strictObject({
          days,
          from: time.describe('When it begins, in local time, such as "09:00".'),
          to: time.describe('When it ends; on the day after where it is not after from.'),
          workers: z
            .int(someWorkers)
            .min(1, someWorkers)
            .max(500, someWorkers)
            .describe('So many workers there are at least.'),
        }),
        someHours,
      )
      .default([])
      .describe('Hours in which there are more workers than min, whatever waits.'),
    wait: duration.optional().describe('With by: backlog, how long jobs may wait, such as 2m; 2m when left out.'),
    rules: z
      .array(rule, someRules)
      .min(1, someRules)
      .max(10, someRules)
      .optional()
      .describe(
        'With by: rules, the table; when left out: over 20 jobs one more, over 200 ten more, under 10 one less.',
      ),
    target: z
      .strictObject({
        jobs: z.int(someJobs).min(1, someJobs).default(20).describe('The backlog that is aimed at.'),
        out: duration.default('60s').describe('How long none is added after some were.'),
        in: duration.default('300s').describe('How long none is taken away after some were.'),
      })
      .optional()
      .describe('With by: target, what is aimed at: 20 jobs when left out.'),
  })
  .prefault({})
  .meta({ title: 'Scaling', description: 'How many workers there are when.' });

export const runaway = z
  .strictObject({
    workers: z
      .int(someWorkers)
      .min(1, someWorkers)
      .max(500, someWorkers)
      .optional()
      .describe('The maximum meanwhile; 10 when left out, or max where that is less.'),
    errorPercent: z
      .number(aPercent)
      .min(1, aPercent)
      .max(100, aPercent)
      .default(10)
      .describe('How many percent of the jobs may fail.'),
    after: duration
      .default('10m')
      .describe('How long the queue may not get shorter while workers are added, such as 10m; whole minutes.'),
  })
  .prefault({})
  .meta({
    title: 'Runaway',
    description: 'When workers do not help: their maximum is held down, and people are told.',
  });

export { TABLE };

export type WrittenScaling = z.output<typeof scaling>;
export type WrittenRunaway = z.output<typeof runaway>;

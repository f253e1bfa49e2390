import * as z from 'zod';
import { breaker, startWithin } from './any-workload.ts';
import { date, days, duration, expects, oneLine, time, timezone } from './fields.ts';
import { place, step } from './pipeline-step.ts';

/** The kind `pipeline`: run a chain of steps, side by side where they can be, and judge its time and its numbers. */

const anAt = expects('one or more times such as ["16:30"]', (found) =>
  typeof found === 'string' ? 'write a list: ["16:30"], even for one time' : 'write a list with at least one time',
);
const aStep = expects(
  'the name of a step such as kospi',
  'use letters, digits, single - or _ between them, and begin with a small letter',
);
const someSteps = expects('a block with a name for each step', 'write one "name: { command: … }" a line');
const dates = expects('a list of dates such as [2026-12-31]', 'write a list, even for one date');
const aCatchUp = expects('none, latest or all', 'none leaves missed runs to people');

export const pipeline = z
  .strictObject({
    kind: z.literal('pipeline'),
    at: z
      .array(
        z.union(
          [time, z.strictObject({ time, days: days.optional().describe('Other days than those of the pipeline.') })],
          expects('a time such as "16:30", or { time, days }', 'put each time in quotes: "16:30"'),
        ),
        anAt,
      )
      .min(1, anAt)
      .optional()
      .describe('The wall-clock times that a run starts at, such as ["16:30"].'),
    after: z
      .string(expects('the name of a pipeline', 'write it as it is called here'))
      .optional()
      .describe('In place of at: the pipeline whose success starts it, at once and with its date.'),
    days: days.optional(),
    calendar: z
      .strictObject({
        name: oneLine
          .min(1, expects('a name', 'leave the line out where it has none'))
          .optional()
          .describe('Whose days these are, as people are told: KRX.'),
        closed: z.array(date, dates).describe('Days on which it does not run, such as [2026-12-31].'),
      })
      .optional()
      .meta({
        title: 'Own calendar',
        description: 'Days off beside those of the stage, such as those of an exchange.',
      }),
    timezone: timezone.optional().describe('Another IANA time zone than that of the stage.'),
    on: place.optional(),
    steps: z
      .record(z.string().regex(/^[a-z][A-Za-z0-9]*([_-][A-Za-z0-9]+)*$/, aStep), step, someSteps)
      .refine((steps) => Object.keys(steps).length > 0, expects('at least one step', 'write name: { command: … }'))
      .refine(
        (steps) => Object.keys(steps).length <= 100,
        expects('at most 100 steps', 'make two pipelines of it, the second after the first'),
      )
      .describe('What it does, by names of your choice; each begins as soon as all that it needs have succeeded.'),
    duration: z
      .strictObject({
        warn: duration.optional().describe('From when on people are told that it takes long, while it runs: 10m.'),
        fail: duration.optional().describe('What took longer has failed, although all steps went well: 15m.'),
      })
      .optional()
      .meta({ title: 'Duration', description: 'How long a run takes when all is well.' }),
    deadline: duration.default('1h').describe('When a run is given up, from 1m to 24h.'),
    begunWithin: duration
      .optional()
      .describe('How long after its time people are told that a run has not begun, in minutes: 5m when left out.'),
    catchUp: z
      .enum(['none', 'latest', 'all'], aCatchUp)
      .optional()
      .describe('Which of the runs that were missed are made up for by themselves: none when left out, latest or all.'),
    startWithin,
    breaker,
  })
  .meta({
    title: 'Pipeline',
    description: 'Runs steps in series and side by side, judges time and numbers, and goes on from where it broke.',
  });

export type Pipeline = z.output<typeof pipeline>;

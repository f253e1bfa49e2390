import * as z from 'zod';
import { duration, expects, oneLine, variables } from './fields.ts';
import { airflow, http, task } from './pipeline-work.ts';

/** One step of a pipeline, as people write it in the stage file. */

const aServer = expects(
  'an instance such as i-0123456789abcdef0, or an own server such as mi-0123456789abcdef0',
  'copy its id from Fleet Manager of Systems Manager; own servers are registered there by a hybrid activation',
);
const aUser = expects('a user of the server such as ec2-user', 'write the name alone');
const aCommand = expects('the command to run', 'write it as you would type it in a shell');
const aFunction = expects('the name of a Lambda function such as make-report', 'write the name alone, not the ARN');
const aTimes = expects('a whole number from 1 to 10', 'without retry it is not tried again');
const aBackoff = expects('a factor from 1 to 10 such as 2', 'write 1 for waits of one length');
const aMetric = expects(
  'the name of a number such as collected',
  'use letters, digits, _ and -, and begin with a letter',
);
const aLimit = expects('a number such as 2700', 'write it without quotes and unit');
const aPercent = expects('a percentage such as 20', 'write the number without %');
const aCheck = expects(
  'a command, or a call such as { url: https://api.example.com/count }',
  'write a check: line with a command, or a block with url',
);

/** Where commands run. A step that says only a part of it has the rest from its pipeline. */
export const place = z
  .strictObject({
    instance: z
      .string(aServer)
      .regex(/^(i-([0-9a-f]{8}|[0-9a-f]{17})|mi-[0-9a-f]{17})$/, aServer)
      .optional()
      .describe('An EC2 instance (i-…), or an own server that is registered with Systems Manager (mi-…).'),
    cwd: oneLine
      .regex(/^\//, expects('an absolute path', 'begin it with /'))
      .optional()
      .describe('The directory that commands run in.'),
    user: z
      .string(aUser)
      .regex(/^[a-z_][\w-]*$/, aUser)
      .optional()
      .describe('The user that commands run as; root when left out.'),
    environment: variables.optional().describe('Environment variables; a value may be a reference: ssm:/app/api-key.'),
  })
  .meta({ title: 'Place', description: 'Where commands run: the server, the directory, the user, the variables.' });

const retry = z
  .strictObject({
    times: z.int(aTimes).min(1, aTimes).max(10, aTimes).describe('How often it is tried again, at most 10 times.'),
    wait: duration.default('10s').describe('How long before the first time, such as 10s.'),
    backoff: z
      .number(aBackoff)
      .min(1, aBackoff)
      .max(10, aBackoff)
      .default(2)
      .describe('By how much longer each further wait is; 2 doubles it.'),
  })
  .meta({ title: 'Retry', description: 'How often a step that failed is tried again, by itself.' });

const limit = z.number(aLimit);
const metric = z.string(aMetric).regex(/^[A-Za-z][\w-]{0,63}$/, aMetric);
export const expectation = z
  .strictObject({
    atLeast: limit.optional().describe('Below it people are warned.'),
    failBelow: limit.optional().describe('Below it the step has failed.'),
    atMost: limit.optional().describe('Above it people are warned.'),
    failAbove: limit.optional().describe('Above it the step has failed.'),
    of: metric
      .optional()
      .describe('Another number of the same step: what is held to the limits is the share of it, in percent.'),
    nearMedian: z
      .number(aPercent)
      .positive(aPercent)
      .max(1000, aPercent)
      .optional()
      .describe('By how many percent it may differ from the median of the last 20 runs before people are warned.'),
  })
  .meta({ title: 'Expectation', description: 'What a number has to be.' });

const someNeeds = expects('a list of steps such as [check]', 'write a list, even for one');
export const step = z
  .strictObject({
    command: oneLine.min(1, aCommand).optional().describe('A command, as you would type it in a shell, in one line.'),
    task: task.optional(),
    function: z
      .string(aFunction)
      .regex(/^[\w-]{1,64}(:[\w-]{1,128})?$/, aFunction)
      .optional()
      .describe('A Lambda function of this account by its name; with :alias that of the alias.'),
    http: http.optional(),
    check: z
      .union([oneLine.min(1, aCommand), http], aCheck)
      .optional()
      .describe('A command or a call that does nothing but report numbers, which are expected.'),
    airflow: airflow.optional(),
    on: place.optional(),
    payload: z
      .record(z.string(), z.unknown(), expects('a block such as { report: daily }', 'write one name: value a line'))
      .optional()
      .describe('With function: what it is given; run, step and date are added.'),
    needs: z
      .array(z.string(expects('the name of a step', 'write it as it is called here')), someNeeds)
      .default([])
      .describe('The steps that have to succeed before it begins; at once when left out.'),
    retry: retry.optional(),
    deadline: duration.optional().describe('How long it may take, such as 5m; as long as the pipeline when left out.'),
    expect: z
      .record(metric, expectation, expects('a block such as { collected: { atLeast: 2700 } }', 'name each number'))
      .default({})
      .describe('What the numbers have to be that it reports by lines such as "::metric collected=2712".'),
  })
  .meta({ title: 'Step', description: 'One of command, task, function, http, check and airflow, and what it needs.' });

export type Step = z.output<typeof step>;
export type WrittenExpectation = z.output<typeof expectation>;

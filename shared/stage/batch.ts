import * as z from 'zod';
import { breaker, startWithin } from './any-workload.ts';
import { ownBudget } from './budget.ts';
import { days, duration, expects, oneLine, time, timezone, variables } from './fields.ts';

/** The kind `batch`: start an EC2 instance on schedule, run a job on it, stop it whatever happens. */

const anInstance = expects('an EC2 instance id such as i-0123456789abcdef0', 'copy it from the EC2 console');
const aType = expects('an EC2 instance type such as t3.medium', 'copy it from the EC2 console, or leave it out');
const aSize = expects('a size in GiB such as 30', 'write the number without a unit and quotes');
const aBucket = expects('a bucket name such as example-logs', 'write the name alone, without s3:// and without a path');
const aUser = expects('a user of the instance such as ec2-user', 'write the name alone');
const anAt = expects('one or more times such as ["02:00", "09:00"]', (found) =>
  typeof found === 'string' ? 'write a list: ["09:00"], even for one time' : 'write a list with at least one time',
);

const instance = z
  .strictObject({
    id: z
      .string(anInstance)
      .regex(/^i-([0-9a-f]{8}|[0-9a-f]{17})$/, anInstance)
      .describe('The id of an instance that exists, such as i-0123456789abcdef0. It is stopped, never terminated.'),
    type: z
      .string(aType)
      .regex(/^[a-z][\w-]*\.[\w-]+$/, aType)
      .optional()
      .describe('Its type, such as t3.medium: what it costs is reckoned from it, nothing is changed.'),
    storage: z
      .strictObject({
        size: z.number(aSize).positive(aSize).describe('The size of its volumes together, in GiB.'),
        type: z
          .enum(['gp3', 'gp2'], expects('gp3 or gp2', 'write the type of the volume'))
          .default('gp3')
          .describe('The type of its volumes.'),
      })
      .optional()
      .describe('Its disk, which is paid for while the instance is stopped too; only reckoned with, never changed.'),
  })
  .meta({ title: 'Instance', description: 'The EC2 instance that belongs to this workload alone.' });

const job = z
  .strictObject({
    by: z
      .enum(['ssm', 'boot'], expects('ssm or boot', 'ssm sends the command, boot has the instance ask for it'))
      .describe('ssm: Systems Manager runs the command. boot: agent/ on the instance runs it at every boot.'),
    command: oneLine
      .min(1, expects('the command to run', 'write it as you would type it in a shell'))
      .describe('The command as you would type it in a shell, in one line.'),
    cwd: oneLine
      .regex(/^\//, expects('an absolute path', 'begin it with /'))
      .optional()
      .describe('The directory that the command runs in.'),
    user: z
      .string(aUser)
      .regex(/^[a-z_][\w-]*$/, aUser)
      .optional()
      .describe('The user that the command runs as; root when left out.'),
    environment: variables
      .default({})
      .describe('Environment variables. With by: ssm a value may be a reference such as ssm:/app/api-key.'),
    parameters: variables
      .default({})
      .describe(
        'Parameters that a time or a run by hand may set; the job sees them in capitals. Here: their defaults.',
      ),
    logs: z
      .strictObject({
        bucket: z
          .string(aBucket)
          .regex(/^[a-z0-9][a-z0-9.-]{2,62}$/, aBucket)
          .describe('The name of the bucket, alone.'),
        prefix: oneLine.default('lamplighter').describe('What the keys begin with.'),
      })
      .optional()
      .describe('An S3 bucket that gets the whole output; CloudWatch Logs has it in any case.'),
    heartbeat: duration
      .default('5m')
      .describe(
        'With by: boot, how long the instance may be silent before the job counts as hanging, such as 90s or 5m.',
      ),
  })
  .meta({ title: 'Job', description: 'What runs on the instance.' });

export const batch = z
  .strictObject({
    kind: z.literal('batch'),
    instance,
    at: z
      .array(
        z.union(
          [
            time,
            z.strictObject({
              time,
              parameters: variables.default({}).describe('Values for this time, of parameters that run declares.'),
              days: days.optional().describe('Other days for this time than those of the workload.'),
            }),
          ],
          expects('a time such as "09:00", or { time, parameters, days }', 'put each time in quotes: "09:00"'),
        ),
        anAt,
      )
      .min(1, anAt)
      .describe('The wall-clock times that a run starts at, such as ["02:00", "09:00"].'),
    days: days.default('every-day'),
    timezone: timezone.optional().describe('Another IANA time zone than that of the stage.'),
    run: job,
    deadline: duration
      .default('2h')
      .describe('The longest that a healthy run takes, from 1m to 24h; then the instance is stopped.'),
    startWithin,
    breaker,
    budget: ownBudget,
    stopIfFoundRunning: z
      .boolean(expects('true or false', 'write it without quotes'))
      .default(false)
      .describe('Whether to stop the instance at the end although it was running before the run started.'),
  })
  .meta({
    title: 'Batch',
    description: 'Starts an EC2 instance on schedule, runs a job on it and stops it whatever happens.',
  });

export type Batch = z.output<typeof batch>;

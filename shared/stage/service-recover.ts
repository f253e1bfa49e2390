import * as z from 'zod';
import { PATTERNS } from '../recovery/patterns.ts';
import { duration, expects } from './fields.ts';

/** What is done about a service that is down, from the mildest step to the harshest. */

const RUNGS = ['restart', 'reboot', 'stop-start', 'redeploy', 'replace'] as const;

const aProcess = expects(
  'the name of a process such as api',
  'write what pm2 list, systemctl or docker compose ls calls it',
);
const aManager = expects('pm2, systemd or compose', 'write what keeps the process running');
const aRung = expects(
  'one of restart, reboot, stop-start, redeploy, replace',
  'restart, reboot and stop-start are for ec2, redeploy for ecs, replace for group',
);
const someRungs = expects('a list of steps such as [restart, reboot]', 'write the mildest first');
const aCap = expects('a whole number from 1 to 3', 'more than three recoveries a day hide what is wrong');
const aBucket = expects('a bucket name such as example-logs', 'write the name alone, without s3:// and without a path');

const aComposeService = expects(
  'a service of the project such as api',
  'write what docker compose config --services calls it',
);
const anAsk = expects(
  'an address on the server such as http://localhost:3000/health',
  'write http:// or https://, without a password',
);
const aFolder = expects('a whole path such as /srv/app', 'begin with a slash; letters, digits and _ . / @ + - alone');
const aFile = expects('a file such as ecosystem.config.js', 'write it as it is called from cwd; without spaces');
const aUser = expects('a user of the server such as ec2-user', 'use small letters, digits, - and _');

/** What the server takes lets nothing be said, too; here the line is left out instead. */
function filled(pattern: string): RegExp {
  return new RegExp(`^(?!$)(?:${pattern.slice(1, -1)})$`);
}

const aPrefix = expects('a prefix such as logs/web', 'use letters, digits and _ . / - alone');

const restart = z
  .strictObject({
    by: z
      .enum(['pm2', 'systemd', 'compose'], aManager)
      .describe('What keeps the process running: pm2, systemd, compose.'),
    name: z
      .string(aProcess)
      .regex(new RegExp(PATTERNS.Name), aProcess)
      .describe('The process, the unit or the project, such as api.'),
    service: z
      .string(aComposeService)
      .regex(filled(PATTERNS.Service), aComposeService)
      .optional()
      .describe('With compose: one service of the project; all of them when left out.'),
    ask: z
      .string(anAsk)
      .regex(filled(PATTERNS.Url), anAsk)
      .optional()
      .describe(
        'What is asked on the server itself before and after a restart, such as http://localhost:3000/health; without it, ' +
          'whether the process runs is taken for an answer.',
      ),
    cwd: z
      .string(aFolder)
      .regex(filled(PATTERNS.Directory), aFolder)
      .optional()
      .describe('Where it is started from when it is absent: the folder of its configuration.'),
    start: z
      .string(aFile)
      .regex(filled(PATTERNS.Start), aFile)
      .optional()
      .describe('With pm2: what is started when it is absent, such as ecosystem.config.js.'),
    user: z
      .string(aUser)
      .regex(filled(PATTERNS.User), aUser)
      .optional()
      .describe('As whom; with pm2, who runs the one that there is, when left out.'),
  })
  .meta({ title: 'Restart', description: 'The process on the server that is restarted first.' });

export const recover = z
  .strictObject({
    restart: restart.optional(),
    rungs: z
      .array(z.enum(RUNGS, aRung), someRungs)
      .min(1, someRungs)
      .optional()
      .describe('What is done, one after the other until it helps; all that fit the target when left out.'),
    approve: z
      .array(z.enum(RUNGS, aRung), expects('a list of steps such as [stop-start]', 'write some of rungs'))
      .default([])
      .describe('Steps that wait for a person to approve them.'),
    perDay: z.int(aCap).min(1, aCap).max(3, aCap).default(3).describe('How many recoveries there may be on a day.'),
    cooldown: duration.default('10m').describe('How long after a recovery none begins, such as 10m.'),
    logs: z
      .strictObject({
        bucket: z
          .string(aBucket)
          .regex(/^[a-z0-9][a-z0-9.-]{2,62}$/, aBucket)
          .describe('The name of the bucket, alone.'),
        prefix: z
          .string(aPrefix)
          .regex(/^[A-Za-z0-9_.-][A-Za-z0-9_./-]*$/, aPrefix)
          .default('lamplighter')
          .describe('What the keys begin with.'),
      })
      .optional()
      .describe('An S3 bucket that gets the logs before a restart; a folder on the server has them in any case.'),
  })
  .meta({ title: 'Recover', description: 'What is done when it is down, step by step; nothing when left out.' });

export type Recover = z.output<typeof recover>;

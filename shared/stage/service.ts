import * as z from 'zod';
import { days, expects, time, timezone } from './fields.ts';
import { checks } from './service-checks.ts';
import { recover } from './service-recover.ts';

/** The kind `service`: watch something from outside, recover it step by step, tell people. */

const anInstance = expects('an EC2 instance id such as i-0123456789abcdef0', 'copy it from the EC2 console');
const anEcsName = expects('a name such as app', 'write the name alone, not the ARN');
const aGroup = expects('the name of an Auto Scaling group', 'copy it from the EC2 console, not its ARN');
const aTarget = expects(
  'a target such as { ec2: i-0123456789abcdef0 }, { ecs: { cluster: app, service: web } } or { group: web }',
  'write one of ec2, ecs and group; leave target out when nothing of it is in this account',
);
const ecsName = z.string(anEcsName).regex(/^[A-Za-z0-9][\w-]{0,254}$/, anEcsName);

const target = z
  .union(
    [
      z.strictObject({
        ec2: z
          .string(anInstance)
          .regex(/^i-([0-9a-f]{8}|[0-9a-f]{17})$/, anInstance)
          .describe('The instance that it runs on, by its id.'),
      }),
      z.strictObject({
        ecs: z
          .strictObject({
            cluster: ecsName.describe('The name of the cluster.'),
            service: ecsName.describe('The name of the service in it.'),
          })
          .describe('The ECS service that it is.'),
      }),
      z.strictObject({
        group: z
          .string(aGroup)
          .regex(/^(?!arn:)[^\s:/]{1,255}$/, aGroup)
          .describe('The Auto Scaling group that it runs on, by its name.'),
      }),
    ],
    aTarget,
  )
  .optional()
  .describe('What is recovered: an EC2 instance, an ECS service or an Auto Scaling group. Only watched without it.');

const manyFailures = expects('a whole number of failures such as 3', 'write 1 to 60, without quotes');
const manySuccesses = expects('a whole number of successes such as 2', 'write 1 to 60, without quotes');
const aParent = expects('the name of a workload', 'write a name from workloads');
const someParents = expects('a list of workloads such as [database]', 'write a list, even for one');
const someWindows = expects(
  'a list of windows such as [{ days: [sun], from: "03:00", to: "04:00" }]',
  'write one "- { days, from, to }" a line',
);

export const service = z
  .strictObject({
    kind: z.literal('service'),
    target,
    checks,
    open: z
      .int(manyFailures)
      .min(1, manyFailures)
      .max(60, manyFailures)
      .default(3)
      .describe('How many failures in a row, a minute apart, mean that it is down.'),
    close: z
      .int(manySuccesses)
      .min(1, manySuccesses)
      .max(60, manySuccesses)
      .default(2)
      .describe('How many successes in a row mean that it is up again.'),
    dependsOn: z
      .array(z.string(aParent), someParents)
      .default([])
      .describe(
        'Workloads that it cannot be up without: while a service of them is down, and while a batch or an environment of ' +
          'them is off by plan, it is watched and not opened.',
      ),
    maintenance: z
      .array(
        z.strictObject({
          days,
          from: time.describe('When it begins, in local time, such as "03:00".'),
          to: time.describe('When it ends; on the day after where it is not after from.'),
        }),
        someWindows,
      )
      .default([])
      .describe('When work is done on it: it is watched, and neither opened nor recovered.'),
    recover: recover.optional(),
    timezone: timezone.optional().describe('Another IANA time zone than that of the stage.'),
  })
  .meta({ title: 'Service', description: 'Watches something from outside every minute and tells when it is down.' });

export type Service = z.output<typeof service>;

const anAddress = expects(
  'an address such as https://www.example.org',
  'write one that answers whatever happens here, and that is not yours',
);
export const control = z
  .url({ protocol: /^https?$/, ...anAddress })
  .optional()
  .describe(
    'An independent address that tells whether a fault is ours: while it does not answer either, nothing is held to be ' +
      'down and nothing is recovered. Needed where there is a service.',
  );

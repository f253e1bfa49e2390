import * as z from 'zod';

/**
 * The stage file, as people write it. Leaves carry their expectation and the way to mend it, so that an error can
 * say both; `stage.schema.json` is generated from this schema for editors.
 */

/** What a leaf expects and how to mend it, in the form that `readStage` splits again. */
function expects(expected: string, mend: string): { error: string } {
  return { error: `${expected}\n${mend}` };
}

const aTime = expects(
  'a local wall-clock time such as "09:00"',
  'write hours and minutes with two digits, 00:00 to 23:59',
);
const time = z.string(aTime).regex(/^([01]\d|2[0-3]):[0-5]\d$/, aTime);

const aDate = expects('a date such as 2026-12-31', 'write year-month-day, a day that exists');
const date = z.iso.date(aDate);

const aDuration = expects('a duration such as 90s, 30m or 2h', 'write a whole number and one of s, m, h');
const duration = z.string(aDuration).regex(/^[1-9]\d*[smh]$/, aDuration);

const aZone = expects(
  'an IANA time zone such as Asia/Seoul',
  'see https://en.wikipedia.org/wiki/List_of_tz_database_time_zones',
);
const timezone = z.string(aZone).refine(isTimezone, aZone);

const money = z
  .number(expects('US dollars as a plain number such as 20', 'write the number without a currency sign'))
  .positive(expects('more than 0 US dollars', 'leave the line out when there is no limit'));

const aReference = expects(
  'a reference such as ssm:/lamplighter/dev/discord',
  'put the value in SSM Parameter Store as a SecureString and write ssm: and its name here; never the secret itself',
);
const secret = z.string(aReference).regex(/^ssm:\/[\w./-]+$/, aReference);

const anInstance = expects('an EC2 instance id such as i-0123456789abcdef0', 'copy it from the EC2 console');
const aType = expects('an EC2 instance type such as t3.medium', 'copy it from the EC2 console, or leave it out');
const instance = z.strictObject({
  id: z.string(anInstance).regex(/^i-([0-9a-f]{8}|[0-9a-f]{17})$/, anInstance),
  type: z
    .string(aType)
    .regex(/^[a-z][\w-]*\.[\w-]+$/, aType)
    .optional(),
  storage: z
    .strictObject({
      size: z.number(expects('a size in GiB such as 30', 'write the number without a unit')).positive(),
      type: z.enum(['gp3', 'gp2'], expects('gp3 or gp2', 'write the type of the volume')).default('gp3'),
    })
    .optional(),
});

const days = z.union(
  [z.enum(['every-day', 'weekdays']), z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1)],
  expects('every-day, weekdays, or a list such as [mon, wed, fri]', 'use the three-letter names in small letters'),
);

const aValue = expects('a text', 'put the value in quotes');
const aName = expects('a name such as PIPELINE_TYPE', 'use letters, digits and underscores, and begin with a letter');
const oneLine = z
  .string(aValue)
  .regex(/^[^\n\r]*$/, expects('one line', 'put longer texts into a file on the instance'));
const variables = z.record(z.string().regex(/^[A-Za-z]\w*$/, aName), oneLine);

const aBucket = expects('a bucket name such as example-logs', 'write the name alone, without s3:// and without a path');
const job = z.strictObject({
  by: z.enum(
    ['ssm', 'boot'],
    expects('ssm or boot', 'ssm runs the command by Systems Manager, boot by agent/ at every boot'),
  ),
  command: oneLine.min(1, expects('the command to run', 'write it as you would type it in a shell')),
  cwd: oneLine.regex(/^\//, expects('an absolute path', 'begin it with /')).optional(),
  user: z
    .string(aValue)
    .regex(/^[a-z_][\w-]*$/, expects('a user of the instance such as ec2-user', 'write the name alone'))
    .optional(),
  environment: variables.default({}),
  parameters: variables.default({}),
  logs: z
    .strictObject({
      bucket: z.string(aBucket).regex(/^[a-z0-9][a-z0-9.-]{2,62}$/, aBucket),
      prefix: oneLine.default('lamplighter'),
    })
    .optional(),
  heartbeat: duration.default('5m'),
});

const anAt = expects('one or more times such as ["02:00", "09:00"]', 'write a list');
const batch = z.strictObject({
  kind: z.literal('batch'),
  instance,
  at: z.array(z.union([time, z.strictObject({ time, parameters: variables })], aTime), anAt).min(1, anAt),
  days: days.default('every-day'),
  timezone: timezone.optional(),
  run: job,
  deadline: duration.default('2h'),
  startWithin: duration.default('1h'),
  breaker: z
    .strictObject({
      failures: z
        .int(expects('a whole number of failures such as 5', 'write a number'))
        .min(1, expects('1 or more', 'write 5')),
    })
    .default({ failures: 5 }),
  stopIfFoundRunning: z.boolean(expects('true or false', 'write it without quotes')).default(false),
});

const workload = z.discriminatedUnion('kind', [batch]);

const severity = z.enum(
  ['info', 'success', 'warning', 'critical'],
  expects('info, success, warning or critical', 'use one of the four'),
);

const channel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('discord'), webhook: secret }),
  z.strictObject({
    kind: z.literal('email'),
    to: z
      .array(z.email(expects('an e-mail address', 'write name@example.com')))
      .min(1, expects('at least one address', 'write a list')),
  }),
]);

/** Workload and channel names become parts of AWS names. */
const aSlug = expects(
  'a name such as chat-app',
  'use small letters, digits and hyphens, begin with a letter, 24 characters at most',
);
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,23}$/, aSlug);

export const stageSchema = z.strictObject({
  region: z
    .string(expects('an AWS region such as ap-northeast-2', 'write the code of the region'))
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, expects('an AWS region such as ap-northeast-2', 'write the code of the region')),
  timezone,
  calendar: z
    .strictObject({
      country: z.string(expects('a country code such as KR', 'write the two letters of ISO 3166')).optional(),
      closed: z.array(date).default([]),
      open: z.array(date).default([]),
    })
    .default({ closed: [], open: [] }),
  notify: z.strictObject({
    channels: z.record(slug, channel),
    routes: z.array(
      z.strictObject({
        severity: z.array(severity).min(1, expects('at least one severity', 'write a list')),
        to: z.array(z.string()).min(1, expects('at least one channel', 'write a list')),
      }),
    ),
  }),
  budget: z.strictObject({ daily: money.optional(), emergency: money.optional() }).default({}),
  prices: z.record(z.string(), z.number(expects('US dollars an hour', 'write a plain number')).positive()).default({}),
  workloads: z.record(slug, workload),
});

export type StageFile = z.output<typeof stageSchema>;

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // An offset such as +09:00 is accepted by Intl, but has no daylight saving and EventBridge refuses it.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

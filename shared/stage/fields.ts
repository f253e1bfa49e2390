import * as z from 'zod';
import { didYouMean } from './faults.ts';

/** The smallest parts of a stage file. Each says what it expects and how to mend it, so that an error can say both. */

type Mend = string | ((found: unknown) => string);

/** What a field expects and how to mend it, in the form that `faultsOf` splits again. */
export function expects(expected: string, mend: Mend): { error: (issue: { input?: unknown }) => string } {
  return { error: ({ input }) => `${expected}\n${typeof mend === 'string' ? mend : mend(input)}` };
}

const aTime = expects('a local wall-clock time such as "09:00"', (found) => {
  const [, hour, minute] = /^(\d{1,2})[:.h](\d{2})$/.exec(String(found)) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59)
    return 'write hours and minutes with two digits, 00:00 to 23:59';
  return `write "${hour.padStart(2, '0')}:${minute}"`;
});
export const time = z
  .string(aTime)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, aTime)
  .describe('A wall-clock time in the time zone of the workload, such as "09:00".');

export const date = z.iso.date(expects('a date such as 2026-12-31', 'write year-month-day, a day that exists'));

const aDuration = expects('a duration such as 90s, 30m or 2h', (found) => {
  const [, count, unit] = /^([1-9]\d*)\s*([smh])/i.exec(String(found)) ?? [];
  return unit ? `write ${count}${unit.toLowerCase()}` : 'write a whole number and one of s, m, h';
});
export const duration = z.string(aDuration).regex(/^[1-9]\d*[smh]$/, aDuration);

const aStatus = expects('a status such as 200', 'write three digits, from 100 to 599, without quotes');
/** The status of an HTTP answer. */
export const httpStatus = z.int(aStatus).min(100, aStatus).max(599, aStatus);

const aZone = expects('an IANA time zone such as Asia/Seoul', (found) => {
  const known = zoneOf(found);
  if (known) return `did you mean ${known}?`;
  return didYouMean(
    String(found),
    Intl.supportedValuesOf('timeZone'),
    'write the zone of a city: Asia/Seoul for KST or +09:00; see https://en.wikipedia.org/wiki/List_of_tz_database_time_zones',
  );
});
export const timezone = z
  .string(aZone)
  .refine(isTimezone, aZone)
  .meta({ examples: ['Asia/Seoul', 'Europe/Berlin', 'America/New_York', 'UTC'] });

/** @source the partitions of the AWS SDK, 3.1169 (November 2026), without the isolated ones. */
const REGIONS = [
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1'],
  ...['ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5'],
  ...['ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2', 'eu-north-1'],
  ...['eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1'],
  ...['me-west-1', 'mx-central-1', 'sa-east-1', 'sa-west-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
  ...['cn-north-1', 'cn-northwest-1', 'eusc-de-east-1', 'us-gov-east-1', 'us-gov-west-1'],
];
export const region = z.enum(
  REGIONS,
  expects('an AWS region such as ap-northeast-2', (found) =>
    didYouMean(
      String(found),
      REGIONS,
      'write the code of the region; one that AWS opened lately belongs in shared/stage/fields.ts',
    ),
  ),
);

export const money = z
  .number(expects('US dollars as a plain number such as 20', 'write the number without a currency sign and quotes'))
  .positive(expects('more than 0 US dollars', 'leave the line out when there is no limit'));

const aReference = expects(
  'a reference such as ssm:/lamplighter/dev/discord',
  'put the value in SSM Parameter Store as a SecureString and write ssm: and its name here; never the secret itself',
);
const REFERENCE = /^ssm:\/[\w./-]+$/;
export const secret = z.string(aReference).regex(REFERENCE, aReference);

/** A text; other than in YAML, `false` and `5` are none. */
const aText = expects('a text', (found) =>
  ['number', 'boolean'].includes(typeof found) ? `put the value in quotes: "${found}"` : 'write one text, in quotes',
);
export const oneLine = z
  .string(aText)
  .regex(/^[^\n\r]*$/, expects('one line', 'put longer texts into a file on the instance'));

const aName = expects('a name such as PIPELINE_TYPE', 'use letters, digits and underscores, and begin with a letter');
export const variables = z.record(
  z.string().regex(/^[A-Za-z]\w*$/, aName),
  oneLine.refine((value) => !value.startsWith('ssm:') || REFERENCE.test(value), aReference),
  expects('a block such as { PIPELINE_TYPE: full }', 'write one NAME: value a line'),
);

/** Names of workloads and channels become parts of AWS names and of logical ids. */
const aSlug = expects(
  'a name such as chat-app',
  'use small letters and digits, single hyphens between them, begin with a letter, 24 characters at most',
);
export const slug = z
  .string()
  .max(24, aSlug)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, aSlug);

const someDays = expects('every-day, weekdays, or a list such as [mon, wed, fri]', (found) =>
  didYouMean(
    String(found),
    ['every-day', 'weekdays'],
    'write one of the two words, or the days by three small letters',
  ),
);
const aDay = expects('one of mon, tue, wed, thu, fri, sat, sun', 'write the first three letters of the day, small');
export const days = z
  .union(
    [
      z.enum(['every-day', 'weekdays'], someDays),
      z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], aDay), someDays).min(1, someDays),
    ],
    someDays,
  )
  .describe(
    'every-day runs on holidays too; weekdays obeys the holidays and special working days of the calendar; ' +
      'a list of days obeys the holidays.',
  );

/** EventBridge wants `Area/City` as the database spells it: no offset, no `JST`, no `asia/seoul`. */
function isTimezone(name: string): boolean {
  const known = zoneOf(name);
  if (known === undefined || !/^(UTC|[A-Z][\w+-]*(\/[A-Z][\w+-]*)+)$/.test(name)) return false;
  return known === name || known.toLowerCase() !== name.toLowerCase();
}

/** How the database calls what this name means, if it is one; aliases such as Asia/Kolkata mean themselves. */
function zoneOf(name: unknown): string | undefined {
  try {
    return /^[A-Za-z]/.test(String(name))
      ? new Intl.DateTimeFormat('en', { timeZone: String(name) }).resolvedOptions().timeZone
      : undefined;
  } catch {
    return undefined;
  }
}

import * as z from 'zod';
import { breaker, startWithin } from './any-workload.ts';
import { ownBudget } from './budget.ts';
import { health, images, part, stack } from './environment-parts.ts';
import { days, duration, expects, time, timezone } from './fields.ts';

/** The kind `environment`: create a CloudFormation stack in the morning, delete it in the evening. */

/** A block, or a list of such blocks. */
function oneOrMore<T extends z.ZodType>(block: T, words: ReturnType<typeof expects>) {
  return z.union([block, z.array(block, words).min(1, words)], words);
}

const someHours = expects(
  'hours such as { days: weekdays, from: "09:00", to: "18:00" }, or a list of such blocks',
  'write days, from and to',
);
const hours = z
  .strictObject({
    days,
    from: time.describe('When it is created, in local time, such as "09:00".'),
    to: time.describe('When it is deleted, in local time, such as "18:00"; the day after where it is before from.'),
  })
  .meta({ title: 'Hours', description: 'When it is up, on some days of the week.' });

const someImages = expects(
  'images such as { repository: app, parameters: [ImageTag] }, or a list of such blocks',
  'write repository and parameters, or leave images out',
);
const resources = expects(
  'one or more resources such as [DatabaseStack/Redis]',
  'write the logical ids from the stack inwards, in a list',
);
const aResource = expects(
  'a resource such as DatabaseStack/Redis',
  'write its logical ids from the stack inwards, with / between them; the refusal of a deletion names it so',
);
const dataLoss = z
  .strictObject({
    accepted: z
      .array(z.string(aResource).regex(/^[A-Za-z0-9]+(\/[A-Za-z0-9]+)*$/, aResource), resources)
      .min(1, resources)
      .describe('Resources whose data may be lost, by their logical ids: [DatabaseStack/Redis].'),
  })
  .meta({
    title: 'Data loss',
    description:
      'A resource with data that is neither retained nor copied keeps the environment from being deleted, unless it is named here.',
  });

export const environment = z
  .strictObject({
    kind: z.literal('environment'),
    stack,
    images: oneOrMore(images, someImages)
      .default([])
      .describe('The newest images of repositories, as values of parameters of the stack.'),
    hours: oneOrMore(hours, someHours).describe('When it is up; a list where days have hours of their own.'),
    refresh: z
      .boolean(expects('true or false', 'write it without quotes'))
      .default(false)
      .describe('Whether a start that finds it up updates it to newer images.'),
    health: health.optional(),
    dataLoss: dataLoss.optional(),
    parts: z
      .array(part, expects('a list of parts', 'write one "- { name, type, hourly, count }" a line'))
      .default([])
      .describe('What it consists of and costs, for the report; nothing is changed by it.'),
    deadline: duration
      .default('1h')
      .describe('The longest that its creation or its deletion takes, from 5m to 12h; then people are told.'),
    startWithin,
    breaker,
    budget: ownBudget,
    timezone: timezone.optional().describe('Another IANA time zone than that of the stage.'),
  })
  .meta({
    title: 'Environment',
    description:
      'Creates a CloudFormation stack with the newest images when its hours begin and deletes it at their end.',
  });

export type Environment = z.output<typeof environment>;

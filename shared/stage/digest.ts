import * as z from 'zod';
import { expects, time } from './fields.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const aDay = expects('one of mon, tue, wed, thu, fri, sat, sun', 'write the first three letters of the day, small');
const aDigest = expects(
  'daily, weekly or monthly',
  'write digest: { daily: "17:30" }, or leave digest out for no digest',
);

export const digest = z
  .strictObject({
    daily: time.optional().describe('The local time of a digest of the last 24 hours, such as "17:30".'),
    weekly: z
      .strictObject({
        day: z.enum(DAYS, aDay).describe('The day of the week, such as fri.'),
        at: time.describe('Its local time, such as "17:30".'),
      })
      .optional()
      .describe('When a digest of the last seven days comes.'),
    monthly: time
      .optional()
      .describe('The local time of a digest of the last month, on the first of each month, such as "09:00".'),
  })
  .refine(({ daily, weekly, monthly }) => daily !== undefined || weekly || monthly !== undefined, aDigest)
  .meta({ title: 'Digest', description: 'What happened, what was spent, and what a person should look at.' });

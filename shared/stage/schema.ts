import * as z from 'zod';
import { batch } from './batch.ts';
import { channel } from './channels.ts';
import { environment } from './environment.ts';
import { date, expects, money, region, slug, timezone } from './fields.ts';

/**
 * The stage file, as people write it. `stage.schema.json` is generated from this schema for editors, so every field
 * is described in plain words, with its unit.
 */

const workload = z.discriminatedUnion('kind', [batch, environment]);

const severities = expects(
  'one or more of info, success, warning, critical',
  'write a list such as [warning, critical]',
);
const route = z
  .strictObject({
    severity: z
      .array(z.enum(['info', 'success', 'warning', 'critical'], severities), severities)
      .min(1, severities)
      .describe('Which notices: info, success, warning, critical.'),
    to: z
      .array(
        z.string(expects('the name of a channel', 'write a name from notify.channels')),
        expects('one or more channels', 'write a list such as [discord]'),
      )
      .min(1, expects('at least one channel', 'write a list such as [discord], or leave the route out'))
      .describe('Names of channels.'),
  })
  .meta({ title: 'Route', description: 'Sends notices of some severities to some channels.' });

const dates = expects('a list of dates such as [2026-12-31]', 'write a list, even for one date');
const calendar = z
  .strictObject({
    country: z
      .string(expects('a country code such as KR', 'write the two letters of ISO 3166'))
      .optional()
      .describe('The country whose public holidays are days off, by its two letters of ISO 3166, such as KR.'),
    closed: z
      .array(date, dates)
      .default([])
      .describe('More days off, such as [2026-12-31]: company holidays, election days and what was announced lately.'),
    open: z
      .array(date, dates)
      .default([])
      .describe('Working days although they would not be, such as a Saturday that is worked.'),
  })
  .default({ closed: [], open: [] })
  .meta({ title: 'Calendar', description: 'Days off and special working days, as local dates.' });

export const stageSchema = z
  .strictObject({
    region: region.describe('The AWS region that everything of this stage is in, such as ap-northeast-2.'),
    timezone: timezone.describe('The IANA time zone that times and dates are meant in, such as Asia/Seoul.'),
    calendar,
    notify: z
      .strictObject({
        language: z
          .enum(['en', 'ko'], expects('en or ko', 'write en for English or ko for Korean'))
          .default('en')
          .describe('The language that notices are in: en, English, or ko, Korean.'),
        channels: z
          .record(slug, channel, expects('a block with a name and a kind for each channel', 'copy one from examples/'))
          .describe('Where notices go, by a name of your choice.'),
        routes: z
          .array(route, expects('a list of routes', 'write one "- { severity: […], to: […] }" a line'))
          .describe('Which notices go to which channels. At least one route has to take critical ones.'),
      })
      .meta({ title: 'Notify', description: 'Who is told what.' }),
    budget: z
      .strictObject({
        daily: money.optional().describe('US dollars a day; over it people are told.'),
        emergency: money
          .optional()
          .describe('US dollars a day; over it nothing starts any more. Stopping still works.'),
      })
      .default({})
      .meta({ title: 'Budget', description: 'Limits of the spending, in US dollars a day.' }),
    prices: z
      .record(
        z.string(),
        z
          .number(expects('a price in US dollars such as 0.052', 'write a plain number'))
          .positive(expects('a price of more than 0 US dollars', 'leave the line out to use the list price')),
        expects('a block such as { t3.medium: 0.052, gp3: 0.09 }', 'write one name: price a line'),
      )
      .default({})
      .meta({
        title: 'Prices',
        description:
          'What you really pay, where it differs from the list price: by instance type (t3.medium) in US dollars an ' +
          'hour, by storage (gp3, gp2) in US dollars per GB-month.',
      }),
    workloads: z
      .record(slug, workload, expects('a block with a name and a kind for each workload', 'copy one from examples/'))
      .refine(
        (workloads) => Object.keys(workloads).length > 0,
        expects('at least one workload', 'copy one from examples/'),
      )
      .describe('What this stage operates, by a name of your choice.'),
  })
  .meta({ title: 'Lamplighter stage', description: 'One deployment: what it operates, when, and whom it tells.' });

export type StageFile = z.output<typeof stageSchema>;

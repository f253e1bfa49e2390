import * as z from 'zod';
import { batch } from './batch.ts';
import { budget } from './budget.ts';
import { commands } from './commands.ts';
import { environment } from './environment.ts';
import { date, expects, region, slug, timezone } from './fields.ts';
import { network } from './network.ts';
import { notify } from './notify.ts';
import { pipeline } from './pipeline.ts';
import { queue } from './queue.ts';
import { control, service } from './service.ts';
import { status } from './status.ts';

/**
 * The stage file, as people write it. `stage.schema.json` is generated from this schema for editors, so every field
 * is described in plain words, with its unit.
 */

const workload = z.discriminatedUnion('kind', [batch, environment, service, queue, pipeline]);

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
    notify,
    control,
    network,
    budget,
    commands,
    status,
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

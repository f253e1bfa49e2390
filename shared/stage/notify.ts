import * as z from 'zod';
import { channel } from './channels.ts';
import { digest } from './digest.ts';
import { duration, expects, secret, slug, time } from './fields.ts';

/** Who is told what, when and how often, as people write it in the stage file. */

const severities = expects(
  'one or more of info, success, warning, critical',
  'write a list such as [warning, critical]',
);
const aChannel = z.string(expects('the name of a channel', 'write a name from notify.channels'));
const someChannels = expects('one or more channels', 'write a list such as [discord]');
const kinds = expects('one or more of batch, environment, service, queue', 'write a list such as [batch]');
const someWorkloads = expects('one or more workloads', 'write a list such as [makenaide]');

const route = z
  .strictObject({
    severity: z
      .array(z.enum(['info', 'success', 'warning', 'critical'], severities), severities)
      .min(1, severities)
      .describe('Which notices: info, success, warning, critical.'),
    workloads: z
      .array(z.string(expects('the name of a workload', 'write a name from workloads')), someWorkloads)
      .min(1, someWorkloads)
      .optional()
      .describe('Only of these workloads; of all when left out.'),
    kinds: z
      .array(z.enum(['batch', 'environment', 'pipeline', 'service', 'queue'], kinds), kinds)
      .min(1, kinds)
      .optional()
      .describe('Only of workloads of these kinds; of all when left out.'),
    to: z
      .array(aChannel, someChannels)
      .min(1, expects('at least one channel', 'write a list such as [discord], or leave the route out'))
      .describe('Names of channels.'),
    escalate: z
      .strictObject({
        after: duration.describe('How long after it began, such as 15m.'),
        to: z.array(aChannel, someChannels).min(1, someChannels).describe('Names of channels.'),
      })
      .optional()
      .describe('Whom an open incident goes to that nobody has acknowledged.'),
  })
  .meta({ title: 'Route', description: 'Sends notices of some severities to some channels.' });

const heartbeatUrl = expects(
  'an address such as https://example.com/ping, or a reference such as ssm:/lamplighter/dev/heartbeat',
  'write the address with https://; one that holds a secret belongs in SSM Parameter Store, its name here with ssm:',
);
const heartbeat = z
  .strictObject({
    url: z
      .string(heartbeatUrl)
      .regex(/^https:\/\/[^\s/]+\S*$/, heartbeatUrl)
      .or(secret)
      .describe('The address that is posted to: an https address, or ssm:/… where the address is a secret.'),
    every: duration.default('10m').describe('How often, such as 10m; whole minutes.'),
  })
  .meta({ title: 'Heartbeat', description: 'A sign of life for a service that tells you when it stops coming.' });

export const notify = z
  .strictObject({
    language: z
      .enum(['en', 'ko'], expects('en or ko', 'write en for English or ko for Korean'))
      .default('en')
      .describe('The language that notices are in: en, English, or ko, Korean.'),
    window: duration
      .default('1h')
      .describe(
        'Within it a repeat of one cause edits its message, or is counted; after it, it is told again. Such as 1h.',
      ),
    remind: duration
      .default('1h')
      .describe('How often people are reminded of an open critical incident until one acknowledges it, such as 1h.'),
    quiet: z
      .strictObject({ from: time.describe('Such as "22:00".'), to: time.describe('Such as "07:00".') })
      .optional()
      .describe('Local times between which only what is critical is told; the rest is told at their end.'),
    test: time.optional().describe('The local time of a daily test notice to every channel, such as "09:00".'),
    heartbeat: heartbeat.optional(),
    digest: digest.optional(),
    channels: z
      .record(slug, channel, expects('a block with a name and a kind for each channel', 'copy one from examples/'))
      .describe('Where notices go, by a name of your choice.'),
    routes: z
      .array(route, expects('a list of routes', 'write one "- { severity: […], to: […] }" a line'))
      .describe('Which notices go to which channels. At least one route has to take all critical ones.'),
  })
  .meta({ title: 'Notify', description: 'Who is told what.' });

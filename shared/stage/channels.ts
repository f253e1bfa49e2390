import * as z from 'zod';
import { expects, secret } from './fields.ts';

/** The kinds of channels that notices can go to. */

const fallback = z
  .string(expects('the name of a channel', 'write a name from notify.channels'))
  .optional()
  .describe(
    'The channel that carries what this one does not take: what is critical at once, the rest when this is down.',
  );

const webhook = secret.describe(
  'A reference to the SecureString with the address of the webhook, ssm:/…; never the address.',
);

const discord = z
  .strictObject({
    kind: z.literal('discord'),
    webhook,
    fallback,
    buttons: z
      .boolean(expects('true or false', 'write true where the application of commands made the webhook'))
      .optional()
      .describe(
        'Whether notices have buttons that acknowledge and approve: only a webhook that the application of commands ' +
          'has made may carry them.',
      ),
  })
  .meta({ title: 'Discord', description: 'A channel of Discord, by its webhook.' });

const slack = z
  .strictObject({ kind: z.literal('slack'), webhook, fallback })
  .meta({ title: 'Slack', description: 'A channel of Slack, by its incoming webhook.' });

const teams = z
  .strictObject({ kind: z.literal('teams'), webhook, fallback })
  .meta({ title: 'Teams', description: 'A channel of Microsoft Teams, by the webhook of a workflow.' });

const anAddress = expects(
  'an address such as https://example.com/notices, or a reference such as ssm:/lamplighter/dev/notices',
  'write the address with https://; one that holds a secret belongs in SSM Parameter Store, its name here with ssm:',
);
const anyWebhook = z
  .strictObject({
    kind: z.literal('webhook'),
    fallback,
    url: z
      .string(anAddress)
      .regex(/^(https:\/\/[^\s/]+\S*|ssm:\/[\w./-]+)$/, anAddress)
      .describe('Where notices are posted as JSON: an https address, or ssm:/… where the address is a secret.'),
    secret: secret.describe('A reference to the SecureString with the key that posts are signed with, ssm:/….'),
  })
  .meta({ title: 'Webhook', description: 'Any server of yours that takes JSON by https and checks its signature.' });

const addresses = expects('one or more e-mail addresses', 'write a list such as [ops@example.com]');
const email = z
  .strictObject({
    kind: z.literal('email'),
    fallback,
    to: z
      .array(z.email(expects('an e-mail address', 'write name@example.com')), addresses)
      .min(1, addresses)
      .describe('Addresses; each has to confirm its subscription once.'),
  })
  .meta({ title: 'E-mail', description: 'E-mail by SNS.' });

const numbers = expects('one or more telephone numbers', 'write a list such as ["+821012345678"]');
const aNumber = expects('a telephone number such as "+821012345678"', (found) =>
  // YAML reads +82… as a number.
  typeof found === 'number' ? `put it in quotes: "+${found}"` : 'write + and the country, digits only, in quotes',
);
const sms = z
  .strictObject({
    kind: z.literal('sms'),
    fallback,
    to: z
      // E.164: up to 15 digits, the country first.
      .array(z.string(aNumber).regex(/^\+[1-9]\d{6,14}$/, aNumber), numbers)
      .min(1, numbers)
      .describe('Telephone numbers with + and the country, in quotes.'),
  })
  .meta({ title: 'SMS', description: 'Text messages by SNS, each cut to one message.' });

export const channel = z.discriminatedUnion('kind', [discord, email, slack, teams, anyWebhook, sms]);

import * as z from 'zod';
import { expects, oneLine, secret } from './fields.ts';

/** Where jobs wait, as people write it in the stage file. */

const aName = expects('the name of a queue such as crawl-jobs', 'write what the code gives to new Queue(…)');
const aPrefix = expects('a prefix such as bull', 'write what the code gives as prefix; leave the line out for bull');
const aHost = expects(
  'a host such as redis.example.internal',
  'write the name or the address alone: no redis://, no port, no password',
);
const aPort = expects('a port such as 6379', 'write a number from 1 to 65535, without quotes');
const aDatabase = expects('a database such as 0', 'write a number from 0 to 1023, without quotes');
const yesOrNo = expects('true or false', 'write true or false, without quotes');
const aQueueUrl = expects(
  'the address of a queue such as https://sqs.ap-northeast-2.amazonaws.com/123456789012/jobs',
  'copy its URL from the SQS console',
);
const anAddress = expects(
  'an address such as https://app.example.com/queue',
  'begin it with https:// or http://; a secret belongs in a header',
);
const aHeader = expects('the name of a header such as Authorization', 'use letters, digits and hyphens');

const isPrivate = z
  .boolean(yesOrNo)
  .describe('Whether it can be reached only from inside the VPC: it is then read in the network of the stage.');

const redis = z
  .strictObject({
    host: z
      .string(aHost)
      .regex(/^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:]+)$/, aHost)
      .describe('Its name or its address.'),
    port: z.int(aPort).min(1, aPort).max(65535, aPort).default(6379).describe('Its port; 6379 when left out.'),
    db: z.int(aDatabase).min(0, aDatabase).max(1023, aDatabase).default(0).describe('The number of the database.'),
    username: oneLine
      .min(1, expects('a user', 'leave the line out for the default user'))
      .optional()
      .describe('Its user; the default one when left out.'),
    password: secret.optional().describe('Its password, as a reference such as ssm:/lamplighter/dev/redis.'),
    tls: z.boolean(yesOrNo).default(false).describe('Whether it is spoken to over TLS.'),
    ca: secret
      .optional()
      .describe('The certificate of whoever signed its own, in PEM, as a reference; the usual ones when left out.'),
  })
  .meta({ title: 'Redis', description: 'The Redis that has the queue.' });

const onRedis = <Kind extends 'bull' | 'bullmq'>(kind: Kind, title: string) =>
  z
    .strictObject({
      kind: z.literal(kind),
      name: z
        .string(aName)
        .regex(/^[^\s:{}]{1,128}$/, aName)
        .describe('The name of the queue in the code.'),
      prefix: z
        .string(aPrefix)
        .regex(/^[^\s]{1,128}$/, aPrefix)
        .default('bull')
        .describe('What its keys begin with; bull when left out.'),
      redis,
      private: isPrivate.default(true),
    })
    .meta({ title, description: `A queue of ${title} on Redis.` });

const sqsUrl = z
  .string(aQueueUrl)
  .regex(/^https:\/\/sqs\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/\d{12}\/[\w-]{1,80}(\.fifo)?$/, aQueueUrl);

const sqs = z
  .strictObject({
    kind: z.literal('sqs'),
    url: sqsUrl.describe('Its URL. Messages that somebody has received are taken for jobs that are being done.'),
    deadLetters: sqsUrl
      .optional()
      .describe('The URL of its dead-letter queue, whose messages are taken for jobs that failed.'),
  })
  .meta({ title: 'SQS', description: 'A queue of SQS.' });

const http = z
  .strictObject({
    kind: z.literal('http'),
    url: z
      .url({ protocol: /^https?$/, ...anAddress })
      .describe('An address that answers with JSON: waiting and active, and what else of a reading is known.'),
    header: z
      .strictObject({
        name: z
          .string(aHeader)
          .regex(/^[A-Za-z0-9-]+$/, aHeader)
          .describe('Its name, such as Authorization.'),
        value: secret.describe('Its value, as a reference such as ssm:/lamplighter/dev/queue-token.'),
      })
      .optional()
      .describe('A header that the address wants.'),
    private: isPrivate.default(false),
  })
  .meta({ title: 'HTTP', description: 'Anything that tells by HTTP how many jobs wait.' });

export const source = z
  .discriminatedUnion('kind', [onRedis('bullmq', 'BullMQ'), onRedis('bull', 'Bull'), sqs, http])
  .describe('Where jobs wait: bullmq, bull, sqs or http.');

export type Source = z.output<typeof source>;

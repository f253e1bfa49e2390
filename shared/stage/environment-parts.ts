import * as z from 'zod';
import { duration, expects, money, oneLine } from './fields.ts';
import { TEMPLATE } from './template-url.ts';

/** The blocks of an environment: its stack, its images, its health check, its costs. */

const aStack = expects(
  'the name of a CloudFormation stack such as ChatAppMasterStack',
  'use letters, digits and hyphens, begin with a letter',
);
const aTemplate = expects('a template in S3 such as s3://example-templates/chat/master.yml', (found) =>
  /^(\.|\/|\w+\/|[\w.-]+$)/.test(String(found))
    ? 'copy the file to S3 and write s3://bucket/key; the file itself belongs in copy'
    : 'write s3://bucket/key or https://bucket.s3.region.amazonaws.com/key, without a version, spaces or %',
);
const aRole = expects('the name or the ARN of an IAM role', 'write the role that CloudFormation is to work with');
const aParameter = expects('the name of a parameter such as ImageTag', 'write it as the template does');
const DYNAMIC = '{{resolve:ssm-secure:/app/name}}';
const aValue = expects(
  `a plain text, or a dynamic reference such as ${DYNAMIC}`,
  `CloudFormation does not know ssm:, write ${DYNAMIC}`,
);
const capabilities = expects(
  'a list of CAPABILITY_IAM, CAPABILITY_NAMED_IAM, CAPABILITY_AUTO_EXPAND',
  'write what the template needs; left out it is [CAPABILITY_NAMED_IAM, CAPABILITY_AUTO_EXPAND]',
);
const parameterName = z.string(aParameter).regex(/^[A-Za-z0-9]{1,255}$/, aParameter);

export const stack = z
  .strictObject({
    name: z
      .string(aStack)
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, aStack)
      .describe('Its name, such as ChatAppMasterStack. It alone is ever deleted, with what is nested in it.'),
    template: z
      .string(aTemplate)
      .regex(TEMPLATE, aTemplate)
      .describe('Its template in S3: s3://bucket/key, or https://bucket.s3.region.amazonaws.com/key.'),
    copy: oneLine
      .min(1, expects('the path of a file', 'write it from the folder of the project'))
      .optional()
      .describe('The same template in this project, for rehearsals; nested ones are looked for beside it.'),
    role: z
      .string(aRole)
      .regex(/^(arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]{1,512}|[\w+=,.@-]{1,64})$/, aRole)
      .describe("CloudFormation's service role for this stack, by its name or its ARN; nothing else is passed on."),
    parameters: z
      .record(
        parameterName,
        oneLine.refine((value) => !value.startsWith('ssm:'), aValue),
        expects('a block such as { Environment: staging }', 'write one Name: value a line'),
      )
      .default({})
      .describe(`Parameters of the stack, as texts. A secret only as a dynamic reference: "${DYNAMIC}".`),
    capabilities: z
      .array(z.enum(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'], capabilities), capabilities)
      .default(['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'])
      .describe('What the template is allowed to do: CAPABILITY_IAM, CAPABILITY_NAMED_IAM, CAPABILITY_AUTO_EXPAND.'),
  })
  .meta({ title: 'Stack', description: 'The CloudFormation stack that is the environment.' });

const aRepository = expects('the name of an ECR repository such as chat-chat-http', (found) =>
  /[.]dkr[.]ecr[.]|:/.test(String(found)) ? 'write the name alone, without registry and tag' : 'use small letters',
);
const aTag = expects('a tag such as release-*', 'use letters, digits, _ . - and * for any characters');
const someParameters = expects('one or more parameters such as [ImageTag]', 'write a list, even for one');
export const images = z
  .strictObject({
    repository: z
      .string(aRepository)
      .max(256, aRepository)
      .regex(/^(?!.*\.dkr\.ecr\.)([a-z0-9]+([._-]+[a-z0-9]+)*\/)*[a-z0-9]+([._-]+[a-z0-9]+)*$/, aRepository)
      .describe('The ECR repository, in the same account and region, by its name alone.'),
    tag: z
      .string(aTag)
      .regex(/^[\w*][\w.*-]{0,127}$/, aTag)
      .optional()
      .describe('Only tags like this one, * for any characters, such as release-*; otherwise all but latest.'),
    parameters: z
      .array(parameterName, someParameters)
      .min(1, someParameters)
      .describe('The parameters of the stack that get the newest tag.'),
  })
  .meta({ title: 'Images', description: 'The newest pushed image of a repository, as the value of parameters.' });

const anAddress = expects('an address such as https://dev.example.com/health', 'begin it with https:// or http://');
export const health = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, ...anAddress })
      .describe('An address that answers with a status from 200 to 299 when the environment works.'),
    within: duration.default('10m').describe('How long after the creation it may take to do so, such as 10m.'),
    contains: oneLine
      .min(1, expects('a part of the answer', 'leave the line out when any answer will do'))
      .optional()
      .describe('A text that the answer has to contain, such as \'"UP"\'.'),
  })
  .meta({ title: 'Health check', description: 'How to see from outside that the environment works.' });

const aPartType = expects(
  'a type such as t3.small or db.t3.medium',
  'copy it from the console, or write hourly in its place',
);
const aCount = expects('a whole number such as 2', 'write 1 or more, without quotes');
export const part = z
  .strictObject({
    name: oneLine
      .min(1, expects('a name such as Database', 'write what people call it'))
      .describe('What it is called.'),
    type: z
      .string(aPartType)
      .regex(/^[a-z][\w-]*(\.[\w-]+)+$/, aPartType)
      .optional()
      .describe('Its type, such as t3.small; priced by the list unless hourly is given.'),
    count: z.int(aCount).min(1, aCount).default(1).describe('How many there are.'),
    hourly: money.optional().describe('What one of them costs, in US dollars an hour; it wins over the list price.'),
  })
  .meta({ title: 'Part', description: 'A part of the environment and what it costs.' });

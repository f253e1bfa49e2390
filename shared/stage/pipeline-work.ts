import * as z from 'zod';
import { duration, expects, httpStatus, oneLine, secret, variables } from './fields.ts';
import { securityGroups, subnets } from './network.ts';

/** What a step may do beside running a command: a task of ECS, a call by HTTP, a DAG of Airflow. */

const yesOrNo = expects('true or false', 'write true or false, without quotes');
const aName = expects('a name such as reports', 'write the name alone, not the ARN');
const ecsName = z.string(aName).regex(/^[A-Za-z0-9][\w-]{0,254}$/, aName);
const aDefinition = expects(
  'a task definition such as reports or reports:12',
  'write its family, and its revision where it is not to be the newest; not the ARN',
);
const someWords = expects('a list such as ["node", "report.js"]', 'write a list of texts');
const aGroup = expects('a log group such as /ecs/reports', 'copy awslogs-group from the task definition');
const aPrefix = expects('a prefix such as ecs', 'copy awslogs-stream-prefix from the task definition');
const aRole = expects('the name or the ARN of an IAM role', 'copy it from the task definition');
const someRoles = expects('a list of roles such as [ecsTaskExecutionRole]', 'write a list, even for one');

export const task = z
  .strictObject({
    cluster: ecsName.describe('The name of the cluster.'),
    definition: z
      .string(aDefinition)
      .regex(/^[\w-]{1,255}(:[1-9]\d*)?$/, aDefinition)
      .describe('The family of the task definition; with :12 that revision, otherwise the newest.'),
    roles: z
      .array(
        z.string(aRole).regex(/^(arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]{1,512}|[\w+=,.@-]{1,64})$/, aRole),
        someRoles,
      )
      .default([])
      .describe('The task role and the execution role that the definition names: no other may be given to ECS.'),
    container: ecsName.optional().describe('Whose command and environment are set; the family when left out.'),
    command: z
      .array(oneLine, someWords)
      .min(1, someWords)
      .optional()
      .describe('The command, word by word; that of the definition when left out.'),
    environment: variables
      .default({})
      .describe('More environment variables; a secret belongs in the secrets of the task definition.'),
    subnets: subnets.describe('Where it runs.'),
    securityGroups: securityGroups.optional().describe('Its security groups; that of the VPC when left out.'),
    publicIp: z
      .boolean(yesOrNo)
      .default(false)
      .describe('Whether it gets a public address, which it needs in a public subnet.'),
    logs: z
      .strictObject({
        group: z
          .string(aGroup)
          .regex(/^[\w./#-]{1,512}$/, aGroup)
          .describe('The log group: awslogs-group of the task definition.'),
        prefix: z
          .string(aPrefix)
          .regex(/^[^:*\s]{1,256}$/, aPrefix)
          .default('ecs')
          .describe('What its streams begin with: awslogs-stream-prefix.'),
      })
      .optional()
      .describe('Where its output is in CloudWatch Logs, which the numbers are read from that it reports.'),
  })
  .meta({ title: 'Task', description: 'A task of ECS on Fargate, followed until it ends.' });

const anAddress = expects(
  'an address such as https://api.example.com/reports',
  'begin it with https:// or http://; a secret belongs in a header',
);
const aMethod = expects('GET, POST or PUT', 'write it in capitals');
const aHeader = expects('the name of a header such as Authorization', 'use letters, digits and hyphens');
const aReference = expects(
  'a plain text, or a reference such as ssm:/app/token',
  'a reference begins with ssm:/ and is the whole value, a word such as Bearer included',
);

export const http = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, ...anAddress })
      .describe('The address. An answer that is JSON has the numbers that the step reports.'),
    method: z.enum(['GET', 'POST', 'PUT'], aMethod).default('GET').describe('GET, POST or PUT; GET when left out.'),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9-]+$/, aHeader),
        oneLine.refine((value) => !value.startsWith('ssm:') || /^ssm:\/[\w./-]+$/.test(value), aReference),
        expects('a block such as { Authorization: ssm:/app/token }', 'write one Name: value a line'),
      )
      .default({})
      .describe('Headers; a value that is a secret is a reference such as ssm:/app/token.'),
    body: z.string(expects('a text', 'put it in quotes')).optional().describe('What is sent with POST and PUT.'),
    status: httpStatus.optional().describe('The status that is right; any from 200 to 299 when left out.'),
    within: duration.default('10s').describe('How long the answer may take, such as 10s, at most 5m.'),
  })
  .meta({ title: 'HTTP', description: 'A call by HTTP: its answer is the end of the step.' });

const aDag = expects('the id of a DAG such as daily_collection', 'use letters, digits and _ . -');
const aVersion = expects('2 or 3', 'write the main version of Airflow, without quotes');
const aServer = expects(
  'an address such as https://airflow.example.com',
  'write it without /api and without a password',
);

export const airflow = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, ...aServer })
      .describe("The address of Airflow's web server, which has to be reachable from AWS."),
    version: z
      .int(aVersion)
      .min(2, aVersion)
      .max(3, aVersion)
      .describe('The main version of Airflow: 2 is asked with user and password, 3 by tokens.'),
    dag: z
      .string(aDag)
      .regex(/^[\w.-]{1,250}$/, aDag)
      .describe('The DAG that is triggered, and followed until its run ends.'),
    user: oneLine
      .min(1, expects('a user of Airflow', 'leave the line out where there is a token'))
      .optional()
      .describe('The user that Airflow knows.'),
    password: secret
      .optional()
      .describe('The password of the user, as a reference such as ssm:/lamplighter/dev/airflow.'),
    token: secret.optional().describe('In place of user and password: a token that lasts, as a reference.'),
    conf: variables.default({}).describe('What the run of the DAG is given as its conf; run and date are added.'),
  })
  .meta({ title: 'Airflow', description: 'A run of a DAG on an Airflow that stays.' });

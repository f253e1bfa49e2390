import * as z from 'zod';
import { duration, expects, oneLine, variables } from './fields.ts';
import { routeTables, securityGroups, subnets, vpc } from './network.ts';

/** The tasks that work a queue off, as people write them in the stage file. */

const aName = expects('a name such as crawler', 'write the name alone, not the ARN');
const ecsName = z.string(aName).regex(/^[A-Za-z0-9][\w-]{0,254}$/, aName);
const aVcpu = expects('0.25, 0.5, 1, 2, 4, 8 or 16', 'write what Fargate has, as a number');
const aMemory = expects('gigabytes such as 2', 'write what Fargate has for this vcpu, as a number');
const yesOrNo = expects('true or false', 'write true or false, without quotes');
const manyJobs = expects('a whole number of jobs such as 4', 'write 1 or more, without quotes');
const noJobs = expects('a whole number of jobs such as 4', 'write 0 or more, without quotes');
const anImage = expects(
  'an image such as { repository: crawler-worker } or ghcr.io/example/worker:1.2',
  'write the repository of ECR of this account, or a whole address',
);
const aRepository = expects('the name of a repository such as crawler-worker', 'write the name alone, no address');
const aTag = expects('a tag such as v1.2', 'leave the line out for the newest');
const someWords = expects('a list such as ["--process=worker"]', 'write a list of texts');
const aPolicy = expects('the ARN of a policy such as arn:aws:iam::123456789012:policy/worker', 'copy it from IAM');
const somePolicies = expects('a list of at most ten ARNs of policies', 'write a list, even for one');
const aPort = expects('a port such as 6379', 'write a number from 1 to 65535, without quotes');
const aGoal = expects(
  'a security group such as sg-0123456789abcdef0, or addresses such as 0.0.0.0/0',
  'write where workers connect to',
);
const someWays = expects('a list such as [{ port: 443, to: 0.0.0.0/0 }]', 'write one "- { port, to }" a line');

const task = z
  .strictObject({
    vcpu: z
      .number(aVcpu)
      .refine((vcpu) => [0.25, 0.5, 1, 2, 4, 8, 16].includes(vcpu), aVcpu)
      .describe('Processors: 0.25, 0.5, 1, 2, 4, 8 or 16.'),
    memory: z.number(aMemory).positive(aMemory).max(120, aMemory).describe('Memory, in gigabytes.'),
    arm: z.boolean(yesOrNo).default(false).describe('Whether its processors are ARM: a fifth cheaper.'),
    spot: z
      .boolean(yesOrNo)
      .default(false)
      .describe('Whether it runs on Fargate Spot: much cheaper, and may be stopped with two minutes of notice.'),
  })
  .meta({ title: 'Task', description: 'What one worker is on Fargate; what an hour of it costs follows from it.' });

const way = z.strictObject({
  port: z.int(aPort).min(1, aPort).max(65535, aPort).describe('The port, such as 6379.'),
  to: z
    .string(aGoal)
    .regex(/^(sg-([0-9a-f]{8}|[0-9a-f]{17})|(\d{1,3}\.){3}\d{1,3}\/\d{1,2})$/, aGoal)
    .describe('A security group, or addresses such as 0.0.0.0/0.'),
  admit: z
    .boolean(yesOrNo)
    .default(false)
    .describe('Whether a rule is added to that security group which lets the workers in.'),
});

const create = z
  .strictObject({
    cluster: z.boolean(yesOrNo).default(false).describe('Whether the cluster is made too.'),
    image: z
      .union(
        [
          z.strictObject({
            repository: z
              .string(aRepository)
              .regex(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, aRepository)
              .describe('A repository of ECR in this account and region.'),
            tag: z
              .string(aTag)
              .regex(/^[\w][\w.-]{0,127}$/, aTag)
              .optional()
              .describe('The tag; the newest image, when it is deployed, when left out.'),
          }),
          z.string(anImage).regex(/^[^\s/]+\.[^\s/]+\/\S+$/, anImage),
        ],
        anImage,
      )
      .describe('The image of the worker: a repository of ECR of this account, or a whole address.'),
    command: z.array(oneLine, someWords).min(1, someWords).optional().describe('The command, word by word.'),
    environment: variables
      .default({})
      .describe('Environment variables; one that is a secret is a reference such as ssm:/lamplighter/dev/redis.'),
    subnets: subnets.optional().describe('Where they run; in those of the network when left out.'),
    securityGroups: securityGroups
      .optional()
      .describe('Security groups that are there already; one is made, in vpc, when left out.'),
    vpc: vpc.optional().describe('The VPC that the security group is made in.'),
    egress: z
      .array(way, someWays)
      .min(1, someWays)
      .default([{ port: 443, to: '0.0.0.0/0', admit: false }])
      .describe('Where the security group that is made may connect to; nothing may connect to the workers.'),
    publicIp: z
      .boolean(yesOrNo)
      .default(false)
      .describe('Whether they get public addresses, which they need in public subnets.'),
    policies: z
      .array(z.string(aPolicy).regex(/^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/, aPolicy), somePolicies)
      .max(10, somePolicies)
      .default([])
      .describe(
        'Managed policies of IAM that say what the worker may do in AWS, by their ARNs; nothing when left out.',
      ),
    endpoints: z
      .strictObject({ routeTables: routeTables.describe('The route tables of the subnets, for the endpoint of S3.') })
      .optional()
      .describe(
        'VPC endpoints of ECR, CloudWatch Logs, SSM and S3, so that tasks start without a NAT gateway; four of them cost ' +
          'about $10 a month and subnet each.',
      ),
  })
  .meta({ title: 'Created workers', description: 'What Lamplighter makes; without it, the service is there already.' });

export const workers = z
  .strictObject({
    cluster: ecsName.describe('The name of the cluster.'),
    service: ecsName.describe('The name of the service in it.'),
    concurrency: z
      .int(manyJobs)
      .min(1, manyJobs)
      .max(1000, manyJobs)
      .default(1)
      .describe('How many jobs a worker does at once.'),
    besides: z
      .int(noJobs)
      .min(0, noJobs)
      .max(10_000, noJobs)
      .default(0)
      .describe('How many jobs are done at once by workers that are always there, elsewhere, and are not scaled.'),
    job: duration.default('30s').describe('What a job usually takes, such as 30s, until it is known better.'),
    longestJob: duration
      .default('2m')
      .describe('What the longest job takes; a task protects itself while a job runs that is longer than stopTimeout.'),
    stopTimeout: duration
      .default('2m')
      .describe('So long a task that is to stop may finish what it does; at most 2m on Fargate.'),
    task: task.optional(),
    create: create.optional(),
  })
  .meta({ title: 'Workers', description: 'The service of ECS whose tasks work the queue off.' });

export type WrittenWorkers = z.output<typeof workers>;

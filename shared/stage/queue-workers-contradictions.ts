import { seconds } from './duration.ts';
import type { Fault } from './faults.ts';
import type { Queue } from './queue.ts';
import type { StageFile } from './schema.ts';

type Path = Fault['path'];

/** What Fargate has of memory for so many processors, in gigabytes: from, to, in steps of. */
const MEMORY: Record<number, [number, number, number]> = {
  0.25: [0.5, 2, 0.5],
  0.5: [1, 4, 1],
  1: [2, 8, 1],
  2: [4, 16, 1],
  4: [8, 30, 1],
  8: [16, 60, 4],
  16: [32, 120, 8],
};

/** What in the workers of one queue excludes itself. */
export function workersContradictions(path: Path, { workers, source }: Queue, network: StageFile['network']): Fault[] {
  const here = [...path, 'workers'];
  const { task, create, stopTimeout, job, longestJob } = workers;
  return [
    ...(seconds(stopTimeout) > 120
      ? [
          {
            path: [...here, 'stopTimeout'],
            found: stopTimeout,
            expected: 'at most 2m',
            mend: 'Fargate waits no longer; jobs that take longer protect their task',
          },
        ]
      : []),
    ...(seconds(job) > seconds(longestJob)
      ? [
          {
            path: [...here, 'longestJob'],
            found: longestJob,
            expected: `at least the ${job} that a job usually takes`,
            mend: 'write what the longest job takes',
          },
        ]
      : []),
    ...(task ? ofTask([...here, 'task'], task) : []),
    ...(create ? ofCreated([...here, 'create'], workers, create, source, network) : []),
  ];
}

function ofTask(path: Path, { vcpu, memory }: NonNullable<Queue['workers']['task']>): Fault[] {
  const [from, to, step] = MEMORY[vcpu] ?? [0, 0, 1];
  // With a quarter of a processor there is half a gigabyte, one, or two.
  const fits = memory >= from && memory <= to && memory % step === 0 && !(vcpu === 0.25 && memory === 1.5);
  if (fits) return [];
  const choice = vcpu === 0.25 ? '0.5, 1 or 2' : `${from} to ${to}${step > 1 ? ` in steps of ${step}` : ''}`;
  return [
    {
      path: [...path, 'memory'],
      found: memory,
      expected: `${choice} gigabytes, with ${vcpu} vcpu`,
      mend: 'write a size that Fargate has',
    },
  ];
}

function ofCreated(
  path: Path,
  { task }: Queue['workers'],
  { subnets, securityGroups, vpc, egress, endpoints }: NonNullable<Queue['workers']['create']>,
  source: Queue['source'],
  network: StageFile['network'],
): Fault[] {
  const missing = (field: string, expected: string, mend: string, at = path): Fault => ({
    path: [...at, field],
    found: undefined,
    expected,
    mend,
  });
  const needsVpc = securityGroups === undefined || endpoints !== undefined;
  const port = 'redis' in source ? source.redis.port : undefined;
  const isReached = securityGroups || port === undefined || egress.some((way) => way.port === port);
  return [
    ...(task ? [] : [missing('task', 'what a worker is', 'add task: { vcpu: 1, memory: 2 }', path.slice(0, -1))]),
    ...(subnets || network !== undefined
      ? []
      : [missing('subnets', 'subnets that the workers run in', 'add subnets: [subnet-…]')]),
    ...(needsVpc && vpc === undefined
      ? [missing('vpc', 'the VPC that the security group is made in', 'add vpc: vpc-…, or securityGroups: [sg-…]')]
      : []),
    ...(isReached
      ? []
      : [
          {
            path: [...path, 'egress'],
            found: egress.map((way) => way.port).join(', '),
            expected: `a way to the port ${port} of Redis`,
            mend: `add { port: ${port}, to: sg-… } with the security group of Redis`,
          },
        ]),
    ...ofWays([...path, 'egress'], egress, securityGroups === undefined),
  ];
}

function ofWays(path: Path, egress: NonNullable<Queue['workers']['create']>['egress'], isGroupMade: boolean): Fault[] {
  return egress.flatMap(({ port, to, admit }, index): Fault[] => {
    const isTwice = egress.findIndex((other) => other.port === port && other.to === to) !== index;
    const mend = 'only a security group can be made to let them in: take admit out';
    return [
      ...(admit && !to.startsWith('sg-')
        ? [{ path: [...path, index, 'admit'], found: to, expected: 'a security group in to', mend }]
        : []),
      ...(admit && !isGroupMade
        ? [
            {
              path: [...path, index, 'admit'],
              found: admit,
              expected: 'no securityGroups beside it',
              mend: 'only the group that is made is let in: take admit out, or securityGroups',
            },
          ]
        : []),
      ...(isTwice
        ? [{ path: [...path, index], found: `${port} to ${to}`, expected: 'each way once', mend: 'take one out' }]
        : []),
    ];
  });
}

import type { CreatedWorkers, QueueAlarms, QueueSource, QueueWorkload, Scaling, Workers } from './compiled.ts';
import { seconds } from './duration.ts';
import type { Queue, WrittenAlarms } from './queue.ts';
import { TABLE, type WrittenScaling } from './queue-scaling.ts';
import type { Source } from './queue-source.ts';
import type { WrittenWorkers } from './queue-workers.ts';
import type { StageFile } from './schema.ts';

/** A queue in the form that the deployed functions use. */
export function compileQueue(queue: Queue, { timezone, network }: StageFile): QueueWorkload {
  const { source, clean, runaway, host, budget, scaling } = queue;
  return {
    kind: 'queue',
    timezone: queue.timezone ?? timezone,
    source: compileSource(source),
    isPrivate: 'private' in source && source.private,
    workers: compileWorkers(queue.workers, network?.subnets ?? []),
    scaling: compileScaling(scaling),
    runaway: {
      workers: runaway.workers ?? Math.min(10, scaling.max),
      errorPercent: runaway.errorPercent,
      minutes: Math.ceil(seconds(runaway.after) / 60),
    },
    ...(clean && { clean: { abovePercent: clean.above, olderThanSeconds: seconds(clean.olderThan) } }),
    ...(host !== undefined && { host }),
    alarms: compileAlarms(queue.alarms, queue),
    ...(budget && { budget }),
  };
}

function compileSource(source: Source): QueueSource {
  if (source.kind === 'sqs') return source;
  const { private: _, ...rest } = source;
  return rest;
}

function compileWorkers(
  { job, longestJob, stopTimeout, task, create, ...rest }: WrittenWorkers,
  subnets: string[],
): Workers {
  return {
    ...rest,
    jobSeconds: seconds(job),
    longestJobSeconds: seconds(longestJob),
    stopTimeoutSeconds: seconds(stopTimeout),
    ...(task && { task: { vcpu: task.vcpu, gigabytes: task.memory, arm: task.arm, spot: task.spot } }),
    ...(create && { create: compileCreated(create, subnets) }),
  };
}

function compileCreated(
  { image, environment, subnets, securityGroups, ...rest }: NonNullable<WrittenWorkers['create']>,
  ofNetwork: string[],
): CreatedWorkers {
  const variables = Object.entries(environment);
  return {
    ...rest,
    image: typeof image === 'string' ? { address: image } : image,
    environment: Object.fromEntries(variables.filter(([, value]) => !value.startsWith('ssm:'))),
    secrets: Object.fromEntries(variables.filter(([, value]) => value.startsWith('ssm:'))),
    subnets: subnets ?? ofNetwork,
    securityGroups: securityGroups ?? [],
  };
}

function compileScaling({ by, min, max, empty, floor, wait, rules, target }: WrittenScaling): Scaling {
  const all = { min, max, floor, emptyMinutes: Math.ceil(seconds(empty) / 60) };
  if (by === 'backlog') return { ...all, by, waitSeconds: seconds(wait ?? '2m') };
  if (by === 'target') {
    const { jobs, out, in: back } = target ?? { jobs: 20, out: '60s', in: '300s' };
    return { ...all, by, jobs, outSeconds: seconds(out), inSeconds: seconds(back) };
  }
  return { ...all, by, rules: (rules ?? TABLE).map(compileRule) };
}

function compileRule({ add = 0, remove = 0, cooldown, ...rest }: NonNullable<WrittenScaling['rules']>[number]) {
  return { ...rest, add: add - remove, cooldownSeconds: seconds(cooldown) };
}

/** What there is no metric of has no alarm. */
function compileAlarms(
  { backlog, workers, cpu, memory, errors }: WrittenAlarms,
  { host, source, scaling }: Queue,
): QueueAlarms {
  const isRedis = 'redis' in source;
  const worth = workers ?? Math.ceil(scaling.max * 0.8);
  return {
    ...(backlog !== 'off' && { backlog }),
    ...(worth !== 'off' && { workers: worth }),
    ...(cpu !== 'off' && host !== undefined && { cpu }),
    ...(memory !== 'off' && isRedis && { memory }),
    ...(errors !== 'off' && { errors }),
  };
}

import type { Fault } from './faults.ts';
import type { StageFile } from './schema.ts';

/** Instances, stacks, workers and names of schedules that belong to two workloads. */
export function sharedByTwo(workloads: StageFile['workloads']): Fault[] {
  return [
    ...ofInstances(workloads),
    ...ofStacks(workloads),
    ...ofWorkers(workloads),
    ...ofMaking(workloads),
    ...ofSchedules(workloads),
  ];
}

function ofInstances(workloads: StageFile['workloads']): Fault[] {
  return notAlone(
    Object.entries(workloads).flatMap(([name, workload]) =>
      workload.kind === 'batch' ? [{ name, path: ['instance', 'id'], found: workload.instance.id }] : [],
    ),
    'an instance',
    'two workloads on one instance would stop each other: make them one workload, or use two instances',
  );
}

function ofStacks(workloads: StageFile['workloads']): Fault[] {
  return notAlone(
    Object.entries(workloads).flatMap(([name, workload]) =>
      workload.kind === 'environment' ? [{ name, path: ['stack', 'name'], found: workload.stack.name }] : [],
    ),
    'a stack',
    'two environments with one stack would delete each other: make one of them with two blocks of hours, or name two stacks',
  );
}

function ofWorkers(workloads: StageFile['workloads']): Fault[] {
  return notAlone(
    Object.entries(workloads).flatMap(([name, workload]) =>
      workload.kind === 'queue'
        ? [{ name, path: ['workers', 'service'], found: `${workload.workers.cluster}/${workload.workers.service}` }]
        : [],
    ),
    'a service of ECS',
    'two queues with the same workers would scale them against each other: give each its own service',
  );
}

/** What is made once: a cluster of one name, and the endpoints of a VPC. */
function ofMaking(workloads: StageFile['workloads']): Fault[] {
  const making = Object.entries(workloads).flatMap(([name, workload]) =>
    workload.kind === 'queue' && workload.workers.create
      ? [{ name, cluster: workload.workers.cluster, create: workload.workers.create }]
      : [],
  );
  const made = (field: 'cluster' | 'endpoints', id: (one: (typeof making)[number]) => string) =>
    making
      .filter(({ create }) => create[field])
      .map((one) => ({ name: one.name, path: ['workers', 'create', field], found: id(one) }));
  return [
    ...notAlone(
      made('cluster', ({ cluster }) => cluster),
      'a cluster',
      'it is made once: take cluster out of create here',
    ),
    ...notAlone(
      made('endpoints', ({ create }) => create.vpc ?? ''),
      'a VPC',
      'its endpoints are made once: take endpoints out here',
    ),
  ];
}

/**
 * The schedules of an environment `chat` are `chat-start-at-00`, and so would be that of a batch `chat-start`; those that watch
 * a pipeline `chat` are `chat-watch-at-05`.
 */
function ofSchedules(workloads: StageFile['workloads']): Fault[] {
  return Object.entries(workloads).flatMap(([name, { kind }]) => {
    const [, owner = '', act = ''] = /^(.+)-(start|stop|watch)$/.exec(name) ?? [];
    const own = Object.hasOwn(workloads, owner) ? workloads[owner]?.kind : undefined;
    return (kind === 'batch' || kind === 'pipeline') && own === (act === 'watch' ? 'pipeline' : 'environment')
      ? [
          {
            path: ['workloads', name],
            found: name,
            expected: `another name: the schedules of ${owner} are called so`,
            mend: 'rename one of the two',
          },
        ]
      : [];
  });
}

/** What two workloads may not share. */
function notAlone(owned: { name: string; path: string[]; found: string }[], what: string, mend: string): Fault[] {
  return owned.flatMap(({ name, path, found }, index) => {
    const owner = owned.slice(0, index).find((other) => other.found === found);
    const expected = `${what} of its own; ${owner?.name} has this one`;
    return owner ? [{ path: ['workloads', name, ...path], found, expected, mend }] : [];
  });
}

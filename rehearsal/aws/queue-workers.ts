import type { JobQueues, Rehearsed } from '../outside/job-queues.ts';
import { Random } from '../random.ts';
import type { Template } from '../template.ts';
import type { World } from '../world.ts';
import type { WorkerService } from './ecs.ts';
import { EcsTasks } from './ecs-tasks.ts';
import { ScalableTarget } from './scaling.ts';

/** The workers of one queue: the tasks of a service, and what scales them. */
export interface QueueWorkers extends WorkerService, Pick<Rehearsed, 'name' | 'workload' | 'jobs'> {
  /** `service/crawler-workers/crawler-worker` */
  resourceId: string;
  tasks: EcsTasks;
  /** Where the template registers one. */
  target?: ScalableTarget;
}

/** The services that work the queues of the stage off, as the template has them scaled. */
export function workersOf(world: World, template: Template, queues: JobQueues, seed: number): QueueWorkers[] {
  const targets = template.of('AWS::ApplicationAutoScaling::ScalableTarget').map(({ properties }) => properties);
  return queues.all.map(({ name, workload, jobs }, index) => {
    const { cluster, service, concurrency, stopTimeoutSeconds, longestJobSeconds } = workload.workers;
    const tasks = new EcsTasks(world.clock, new Random(seed * 1000 + 500 + index), jobs, {
      ...{ concurrency, stopTimeoutSeconds },
      // The recipe protects a task whose jobs may take longer than it has to end.
      isProtecting: longestJobSeconds > stopTimeoutSeconds,
    });
    const resourceId = `service/${cluster}/${service}`;
    const registered = targets.find(({ ResourceId }) => ResourceId === resourceId);
    const faults = world.faults('workers').filter((fault) => (fault.workload ?? name) === name);
    return {
      ...{ name, workload, jobs, cluster, service, resourceId, tasks },
      isMissing: () => faults.some((fault) => world.isOn(fault)),
      ...(registered && {
        target: new ScalableTarget(world.clock, noted(world, name, tasks), {
          min: Number(registered['MinCapacity']),
          max: Number(registered['MaxCapacity']),
        }),
      }),
    };
  });
}

/** What scales the tasks leaves its trace in the history. */
function noted(world: World, queue: string, tasks: EcsTasks) {
  return {
    get desired() {
      return tasks.desired;
    },
    get settledAt() {
      return tasks.settledAt;
    },
    setDesired(count: number) {
      world.journal.write({ what: 'scaled', queue, from: tasks.desired, to: count, by: 'application auto scaling' });
      tasks.setDesired(count);
    },
  };
}

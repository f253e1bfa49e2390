import type { JobQueues, Rehearsed } from '../outside/job-queues.ts';
import type { JobQueue } from '../outside/jobs/queue.ts';
import { Random } from '../random.ts';
import type { Template } from '../template.ts';
import type { World } from '../world.ts';
import type { WorkerService } from './ecs.ts';
import { EcsTasks, type Work } from './ecs-tasks.ts';
import { ScalableTarget } from './scaling.ts';
import { askRoles } from './worker-roles.ts';

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
    const tasks = new EcsTasks(
      world.clock,
      new Random(seed * 1000 + 500 + index),
      watched(world, name, jobs, askRoles(world, template, cluster, service)),
      {
        ...{ concurrency, stopTimeoutSeconds },
        // The recipe protects a task whose jobs may take longer than it has to end.
        isProtecting: longestJobSeconds > stopTimeoutSeconds,
      },
    );
    const resourceId = `service/${cluster}/${service}`;
    const registered = targets.find(({ ResourceId }) => ResourceId === resourceId);
    const faults = world.faults('workers').filter((fault) => (fault.workload ?? name) === name);
    // They are always there, and nobody scales them.
    if (workload.workers.besides > 0) jobs.join('besides', workload.workers.besides);
    let target: ScalableTarget | undefined;
    if (registered) {
      const [min, max] = [Number(registered['MinCapacity']), Number(registered['MaxCapacity'])];
      const scaled = noted(world, name, tasks, () => target?.activities.at(-1)?.policy);
      target = new ScalableTarget(world.clock, scaled, { min, max });
    }
    return {
      ...{ name, workload, jobs, cluster, service, resourceId, tasks },
      isMissing: () => faults.some((fault) => world.isOn(fault)),
      ...(target && { target }),
    };
  });
}

/** What scales the tasks leaves its trace in the history. @param policy which one did it; none where the bounds did */
function noted(world: World, queue: string, tasks: EcsTasks, policy: () => string | undefined) {
  return {
    get desired() {
      return tasks.desired;
    },
    get settledAt() {
      return tasks.settledAt;
    },
    setDesired(to: number) {
      const by = policy();
      const from = tasks.desired;
      world.journal.write({ what: 'scaled', queue, from, to, by: by === undefined ? 'bounds' : `policy ${by}` });
      tasks.setDesired(to);
    },
  };
}

/**
 * A task that is killed while it does jobs leaves its trace too.
 *
 * @param start called with each task that starts
 */
function watched(world: World, queue: string, jobs: JobQueue, start: (task: string) => void): Work {
  return {
    join: (task, concurrency) => {
      start(task);
      jobs.join(task, concurrency);
    },
    busy: (task) => jobs.busy(task),
    close: (task) => jobs.close(task),
    kill: (task) => {
      const busy = jobs.busy(task);
      if (busy > 0) world.journal.write({ what: 'killed', queue, task, jobs: busy });
      jobs.kill(task);
    },
  };
}

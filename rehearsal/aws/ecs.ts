import type { Servers } from '../outside/servers.ts';
import { ACCOUNT } from '../template.ts';
import type { World } from '../world.ts';
import { type Deployment, deploymentOf, described } from './ecs-deployment.ts';
import { AwsError } from './errors.ts';

interface EcsService {
  /** The service of the stage file. */
  name: string;
  cluster: string;
  service: string;
  /** The newest first. */
  deployments: Deployment[];
  circuitBreaker: { enable: boolean; rollback: boolean };
}

/** A service that somebody else has scaled: the workers of a queue. */
export interface WorkerService {
  /** The queue of the stage file. */
  name: string;
  cluster: string;
  service: string;
  tasks: {
    readonly desired: number;
    readonly running: number;
    readonly pending: number;
    setDesired(count: number): void;
  };
  /** Whether somebody has deleted it. */
  isMissing(): boolean;
}

interface UpdateService {
  cluster?: string;
  service: string;
  desiredCount?: number;
  forceNewDeployment?: boolean;
  deploymentConfiguration?: { deploymentCircuitBreaker?: { enable: boolean; rollback: boolean } };
}

const SECOND = 1000;
/** So many tasks that do not come up trip the circuit breaker, of a service with few. */
const FAILED_TASKS = 3;

/**
 * ECS, as far as services are deployed anew.
 *
 * @source ECS API reference, UpdateService: `forceNewDeployment` starts new tasks of the same definition; Deployment: the
 * newest is PRIMARY, what it replaces ACTIVE, `rolloutState`; developer guide, "How the Amazon ECS deployment circuit
 * breaker detects failures": at least three failed tasks, then FAILED and, if so asked, the last completed one again
 */
export class Ecs {
  readonly #world: World;
  readonly #servers: Servers;
  readonly #services: EcsService[];
  readonly #workers: WorkerService[];
  #count = 0;

  constructor(world: World, servers: Servers, workers: WorkerService[] = []) {
    this.#world = world;
    this.#servers = servers;
    this.#workers = workers;
    this.#services = Object.entries(world.stage.services).flatMap(([name, { target }]) => {
      if (!target || !('ecs' in target)) return [];
      const first = deploymentOf(this.#nextId(), world.clock.now, 'COMPLETED');
      return [{ name, ...target.ecs, deployments: [first], circuitBreaker: { enable: false, rollback: false } }];
    });
    world.services['ecs'] = {
      DescribeServices: ({ cluster = 'default', services }: { cluster?: string; services: string[] }) => {
        const found = services.map((name) => ({ name, is: this.#described(cluster, name) }));
        return {
          services: found.flatMap(({ is }) => is ?? []),
          failures: found
            .filter(({ is }) => !is)
            .map(({ name }) => ({ arn: this.#arn(cluster, name), reason: 'MISSING' })),
        };
      },
      UpdateService: (asked: UpdateService) => this.#update(asked),
    };
  }

  #update(asked: UpdateService): object {
    const { cluster = 'default', service, forceNewDeployment, deploymentConfiguration, desiredCount } = asked;
    const workers = this.#workersOf(cluster, service);
    if (workers) {
      if (desiredCount !== undefined) this.#scale(workers, desiredCount);
      return { service: this.#describeWorkers(workers) };
    }
    const found = this.#find(cluster, service);
    if (!found) throw new AwsError('ServiceNotFoundException', 'Service not found.');
    found.circuitBreaker = deploymentConfiguration?.deploymentCircuitBreaker ?? found.circuitBreaker;
    if (forceNewDeployment) this.#deploy(found);
    return { service: this.#describe(found) };
  }

  #deploy(service: EcsService): void {
    for (const older of service.deployments) older.status = 'ACTIVE';
    const deployment = deploymentOf(this.#nextId(), this.#world.clock.now, 'IN_PROGRESS');
    service.deployments.unshift(deployment);
    void this.#roll(service, deployment);
  }

  /** New tasks start, and stay or not. */
  async #roll(service: EcsService, deployment: Deployment): Promise<void> {
    const { clock, random } = this.#world;
    for (;;) {
      await clock.sleep(Math.round(random.between(90, 180) * SECOND));
      if (service.deployments[0] !== deployment) return;
      deployment.updatedAt = clock.now;
      this.#servers.incidents.treat(service.name, 'redeploy');
      if (!this.#servers.incidents.isDown(service.name)) break;
      deployment.failedTasks++;
      if (service.circuitBreaker.enable && deployment.failedTasks >= FAILED_TASKS)
        return this.#fail(service, deployment);
    }
    deployment.runningCount = deployment.desiredCount;
    await clock.sleep(Math.round(random.between(30, 90) * SECOND));
    deployment.rolloutState = 'COMPLETED';
    service.deployments = [deployment];
  }

  #fail(service: EcsService, deployment: Deployment): void {
    deployment.rolloutState = 'FAILED';
    // What it goes back to runs still.
    if (!service.circuitBreaker.rollback) return;
    deployment.status = 'ACTIVE';
    const last = service.deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED');
    if (last) last.status = 'PRIMARY';
    service.deployments.sort((a, b) => Number(b === last) - Number(a === last));
  }

  #describe({ cluster, service, deployments, circuitBreaker }: EcsService): object {
    const [primary] = deployments;
    return {
      serviceArn: this.#arn(cluster, service),
      serviceName: service,
      clusterArn: `arn:aws:ecs:${this.#world.stage.region}:${ACCOUNT}:cluster/${cluster}`,
      ...{
        status: 'ACTIVE',
        desiredCount: primary?.desiredCount,
        runningCount: primary?.desiredCount,
        pendingCount: 0,
      },
      deploymentConfiguration: { deploymentCircuitBreaker: circuitBreaker },
      deployments: deployments.map(described),
    };
  }

  #scale({ name: queue, tasks }: WorkerService, to: number): void {
    if (to !== tasks.desired)
      this.#world.journal.write({ what: 'scaled', queue, from: tasks.desired, to, by: 'UpdateService' });
    tasks.setDesired(to);
  }

  #described(cluster: string, service: string): object | undefined {
    const workers = this.#workersOf(cluster, service);
    if (workers) return this.#describeWorkers(workers);
    const found = this.#find(cluster, service);
    return found && this.#describe(found);
  }

  #workersOf(cluster: string, service: string): WorkerService | undefined {
    return this.#workers.find((one) => one.cluster === cluster && one.service === service && !one.isMissing());
  }

  #describeWorkers({ cluster, service, tasks: { desired, running, pending } }: WorkerService): object {
    return {
      serviceArn: this.#arn(cluster, service),
      serviceName: service,
      clusterArn: `arn:aws:ecs:${this.#world.stage.region}:${ACCOUNT}:cluster/${cluster}`,
      ...{ status: 'ACTIVE', desiredCount: desired, runningCount: running, pendingCount: pending },
      deployments: [],
    };
  }

  #find(cluster: string, service: string): EcsService | undefined {
    const isThere = this.#workers.some((one) => one.cluster === cluster);
    const found = this.#services.filter((one) => one.cluster === cluster);
    if (found.length === 0 && !isThere) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
    return found.find((one) => one.service === service);
  }

  #arn(cluster: string, service: string): string {
    return `arn:aws:ecs:${this.#world.stage.region}:${ACCOUNT}:service/${cluster}/${service}`;
  }

  #nextId(): string {
    return `ecs-svc/${String(++this.#count).padStart(19, '0')}`;
  }
}

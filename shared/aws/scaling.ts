import { ApplicationAutoScalingClient, RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs';
import type { Limits } from '../queues/limits.ts';

const scaling = new ApplicationAutoScalingClient({});
const ecs = new ECSClient({});

/** A service whose tasks work a queue off. */
export interface WorkerService {
  cluster: string;
  service: string;
}

/** How its tasks are, as ECS tells. */
export interface ServiceFacts {
  running: number;
  pending: number;
  desired: number;
  /** What ECS has said of it last. */
  said?: string;
}

/** @source ECS API reference, DescribeServices: at most ten services in one request */
const AT_ONCE = 10;

/**
 * Services by `cluster/service`; those that are not there, or not active any more, are missing.
 *
 * @returns for each cluster that could not be asked, the error in the place of its services
 */
export async function describeWorkers(services: WorkerService[]): Promise<Map<string, ServiceFacts | Error>> {
  const found = new Map<string, ServiceFacts | Error>();
  const byCluster = Map.groupBy(services, ({ cluster }) => cluster);
  const asks = [...byCluster].flatMap(([cluster, all]) => {
    const names = [...new Set(all.map(({ service }) => service))];
    return Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, page) =>
      describe(cluster, names.slice(page * AT_ONCE, (page + 1) * AT_ONCE), found),
    );
  });
  await Promise.all(asks);
  return found;
}

/** Changes the bounds of a service's tasks; Application Auto Scaling brings the desired count within them at once. */
export async function registerLimits({ cluster, service }: WorkerService, limits: Limits): Promise<void> {
  await scaling.send(
    new RegisterScalableTargetCommand({
      ServiceNamespace: 'ecs',
      ResourceId: `service/${cluster}/${service}`,
      ScalableDimension: 'ecs:service:DesiredCount',
      MinCapacity: limits.min,
      MaxCapacity: limits.max,
      SuspendedState: {
        DynamicScalingInSuspended: limits.inSuspended,
        DynamicScalingOutSuspended: limits.outSuspended,
      },
    }),
  );
}

export function nameOfService({ cluster, service }: WorkerService): string {
  return `${cluster}/${service}`;
}

async function describe(cluster: string, names: string[], found: Map<string, ServiceFacts | Error>): Promise<void> {
  try {
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: names }));
    // One that was deleted is told of for a while.
    for (const { serviceName: service = '', ...facts } of services)
      if (facts.status === 'ACTIVE') found.set(nameOfService({ cluster, service }), factsOf(facts));
  } catch (error) {
    // A cluster that is not there has no services either.
    if (!(error instanceof Error)) throw error;
    if (error.name !== 'ClusterNotFoundException')
      for (const service of names) found.set(nameOfService({ cluster, service }), error);
  }
}

function factsOf({ runningCount = 0, pendingCount = 0, desiredCount = 0, events = [] }: Service): ServiceFacts {
  // The newest is the first.
  const said = events[0]?.message;
  return { running: runningCount, pending: pendingCount, desired: desiredCount, ...(said && { said }) };
}

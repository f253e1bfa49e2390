import { DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs';

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
 * Services by `cluster/service`; those that are not there, or not active any more, are missing. In the place of those
 * that ECS could not be asked for is the error.
 */
export async function describeWorkers(services: WorkerService[]): Promise<Map<string, ServiceFacts | Error>> {
  const found = new Map<string, ServiceFacts | Error>();
  const asks = [...Map.groupBy(services, ({ cluster }) => cluster)].flatMap(([cluster, all]) => {
    const names = [...new Set(all.map(({ service }) => service))];
    return Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, page) =>
      describe(cluster, names.slice(page * AT_ONCE, (page + 1) * AT_ONCE), found),
    );
  });
  await Promise.all(asks);
  return found;
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
    if (!(error instanceof Error)) throw error;
    // A cluster that is not there has no services either.
    if (error.name === 'ClusterNotFoundException') return;
    for (const service of names) found.set(nameOfService({ cluster, service }), error);
  }
}

function factsOf({ runningCount = 0, pendingCount = 0, desiredCount = 0, events = [] }: Service): ServiceFacts {
  // The newest is the first.
  const said = events[0]?.message;
  return { running: runningCount, pending: pendingCount, desired: desiredCount, ...(said && { said }) };
}

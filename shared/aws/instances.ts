import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  EC2Client,
  type Instance,
  paginateDescribeInstances,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { InstanceNotFound } from '../errors.ts';

const ec2 = new EC2Client({});

export type InstanceState = 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated';

/**
 * The state of an instance.
 *
 * @throws InstanceNotFound when the account has no such instance in this region.
 */
export async function instanceState(id: string): Promise<InstanceState> {
  try {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
    const name = Reservations?.[0]?.Instances?.[0]?.State?.Name;
    if (name) return name;
  } catch (error) {
    if (!(error instanceof Error && error.name.startsWith('InvalidInstanceID'))) throw error;
  }
  throw new InstanceNotFound(`no instance ${id} in this account and region: correct instance.id in the stage file`);
}

/** An instance as EC2 describes it; instants are milliseconds since the epoch. */
export interface InstanceFacts {
  state: InstanceState;
  type: string;
  /** When it was started last. */
  launchedAt?: number;
  /** When it was asked to stop, of one that is not on. */
  stoppedAt?: number;
  /** Its public address, where a stop and a start would change it. */
  changingAddress?: string;
}

/** Those of some instances that the account has in this region, by their ids. */
export async function describeInstances(ids: string[]): Promise<Map<string, InstanceFacts>> {
  const found = new Map<string, InstanceFacts>();
  // By a filter, since an id that does not exist would fail the whole request.
  const Filters = [{ Name: 'instance-id', Values: ids }];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2 }, { Filters, MaxResults: 1000 }))
    for (const instance of Reservations.flatMap(({ Instances = [] }) => Instances)) {
      const { InstanceId, State, InstanceType, LaunchTime, StateTransitionReason } = instance;
      // "User initiated (2026-11-21 02:31:07 GMT)"
      const [, stopped] = /\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) GMT\)/.exec(StateTransitionReason ?? '') ?? [];
      if (InstanceId && State?.Name)
        found.set(InstanceId, {
          state: State.Name,
          type: InstanceType ?? 'unknown',
          ...(LaunchTime && { launchedAt: new Date(LaunchTime).getTime() }),
          ...(stopped && { stoppedAt: Date.parse(`${stopped.replace(' ', 'T')}Z`) }),
          ...changingAddress(instance),
        });
    }
  return found;
}

/**
 * @source EC2 API reference, InstanceNetworkInterfaceAssociation: IpOwnerId is `amazon` for an address that is not an
 * Elastic IP
 */
function changingAddress({ PublicIpAddress, NetworkInterfaces = [] }: Instance): { changingAddress?: string } {
  const owners = NetworkInterfaces.flatMap(({ Association }) => Association?.IpOwnerId ?? []);
  return PublicIpAddress && owners.every((owner) => owner === 'amazon') ? { changingAddress: PublicIpAddress } : {};
}

/** Whether `shutdown` inside the instance stops it, rather than terminating it. */
export async function shutdownStops(id: string): Promise<boolean> {
  const { InstanceInitiatedShutdownBehavior } = await ec2.send(
    new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'instanceInitiatedShutdownBehavior' }),
  );
  return InstanceInitiatedShutdownBehavior?.Value === 'stop';
}

/** Asks EC2 to start the instance; harmless when it runs. Errors keep EC2's names, such as InsufficientInstanceCapacity. */
export async function startInstances(id: string): Promise<void> {
  await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));
}

/** Asks EC2 to stop (never to terminate) the instance; harmless when it is stopped. */
export async function stopInstances(id: string): Promise<void> {
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
}

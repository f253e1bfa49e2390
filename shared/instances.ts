import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  EC2Client,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { InstanceNotFound } from './errors.ts';

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

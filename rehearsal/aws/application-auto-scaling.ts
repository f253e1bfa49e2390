import { ACCOUNT } from '../template.ts';
import type { Service, World } from '../world.ts';
import { AwsError } from './errors.ts';
import type { QueueWorkers } from './queue-workers.ts';
import type { ScalableTarget } from './scaling.ts';

interface Registered {
  ServiceNamespace: string;
  ResourceId: string;
  ScalableDimension: string;
  MinCapacity?: number;
  MaxCapacity?: number;
  SuspendedState?: { DynamicScalingInSuspended?: boolean; DynamicScalingOutSuspended?: boolean };
}

/** The only one of ECS. */
const DIMENSION = 'ecs:service:DesiredCount';

/**
 * Application Auto Scaling, as far as its scalable targets are registered anew and looked at.
 *
 * @source Application Auto Scaling API reference, RegisterScalableTarget: what is not named stays as it is; a minimum over the
 * maximum, and a service that is not there, are a ValidationException; DescribeScalableTargets
 */
export function installApplicationAutoScaling(world: World, workers: QueueWorkers[]): void {
  const operations: Service = {
    RegisterScalableTarget: (asked: Registered) => {
      const { resourceId, target } = targetOf(workers, asked);
      const { MinCapacity: min = target.bounds.min, MaxCapacity: max = target.bounds.max, SuspendedState = {} } = asked;
      if (min < 0 || max < 0)
        throw new AwsError('ValidationException', 'Minimum and maximum capacity must not be negative.');
      if (min > max)
        throw new AwsError('ValidationException', 'Minimum capacity cannot be greater than the maximum capacity.');
      const { DynamicScalingInSuspended: isInSuspended, DynamicScalingOutSuspended: isOutSuspended } = SuspendedState;
      target.register({
        ...{ min, max },
        ...(isInSuspended !== undefined && { isInSuspended }),
        ...(isOutSuspended !== undefined && { isOutSuspended }),
      });
      return { ScalableTargetARN: arnOf(world, resourceId) };
    },
    DescribeScalableTargets: ({ ResourceIds }: { ResourceIds?: string[] }) => ({
      ScalableTargets: workers
        .filter(({ resourceId, target }) => target && (ResourceIds?.includes(resourceId) ?? true))
        .map(({ resourceId, target }) => described(world, resourceId, target as ScalableTarget)),
    }),
  };
  // As clients of the SDK call it, and as state machines do.
  world.services['application auto scaling'] = operations;
  world.services['applicationautoscaling'] = operations;
}

function targetOf(
  workers: QueueWorkers[],
  { ServiceNamespace, ResourceId, ScalableDimension }: Registered,
): QueueWorkers & { target: ScalableTarget } {
  if (ServiceNamespace !== 'ecs' || ScalableDimension !== DIMENSION)
    throw new AwsError('ValidationException', `Unsupported service namespace, resource type or scalable dimension`);
  const found = workers.find(({ resourceId, isMissing }) => resourceId === ResourceId && !isMissing());
  if (!found?.target) throw new AwsError('ValidationException', `ECS service doesn't exist: ${ResourceId}`);
  return { ...found, target: found.target };
}

function described(world: World, ResourceId: string, { bounds }: ScalableTarget): object {
  return {
    ...{ ServiceNamespace: 'ecs', ResourceId, ScalableDimension: DIMENSION },
    ...{ MinCapacity: bounds.min, MaxCapacity: bounds.max },
    SuspendedState: {
      DynamicScalingInSuspended: bounds.isInSuspended,
      DynamicScalingOutSuspended: bounds.isOutSuspended,
      ScheduledScalingSuspended: false,
    },
    ScalableTargetARN: arnOf(world, ResourceId),
  };
}

function arnOf({ stage: { region } }: World, resourceId: string): string {
  return `arn:aws:application-autoscaling:${region}:${ACCOUNT}:scalable-target/${Buffer.from(resourceId).toString('hex').slice(0, 32)}`;
}

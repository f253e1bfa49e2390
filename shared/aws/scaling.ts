import { ApplicationAutoScalingClient, RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import type { Limits } from '../queues/limits.ts';
import type { WorkerService } from './workers.ts';

const scaling = new ApplicationAutoScalingClient({});

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

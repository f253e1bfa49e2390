import type { Making } from './created.ts';
import { idsOf } from './ids.ts';

/**
 * The service of the workers. How many there are is scaling's: a number here would be set again by each deployment. A new
 * service begins with one.
 */
export function service({ name, workers, clusters }: Making): Record<string, object> {
  const { create, task } = workers;
  const ids = idsOf(name);
  const made = clusters.get(workers.cluster);
  const provider = { CapacityProvider: task?.spot ? 'FARGATE_SPOT' : 'FARGATE', Weight: 1 };
  return {
    [ids.service]: {
      Type: 'AWS::ECS::Service',
      DependsOn: [ids.taskRole, ids.executionRole],
      Properties: {
        ServiceName: workers.service,
        Cluster: made === undefined ? workers.cluster : { Ref: made },
        TaskDefinition: { Ref: ids.task },
        // A cluster that is there already may know no provider of capacity.
        ...(made !== undefined || task?.spot ? { CapacityProviderStrategy: [provider] } : { LaunchType: 'FARGATE' }),
        DeploymentConfiguration: {
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
          MinimumHealthyPercent: 100,
          MaximumPercent: 200,
        },
        EnableECSManagedTags: true,
        PropagateTags: 'SERVICE',
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            AssignPublicIp: create.publicIp ? 'ENABLED' : 'DISABLED',
            Subnets: create.subnets,
            SecurityGroups: create.securityGroups.length
              ? create.securityGroups
              : [{ 'Fn::GetAtt': [ids.group, 'GroupId'] }],
          },
        },
      },
    },
  };
}

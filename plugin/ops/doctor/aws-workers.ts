import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
} from '@aws-sdk/client-ecs';
import type { Config } from '../../deployed.ts';
import { known } from './known.ts';

const TARGET = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;

/** What the workers of queues, and the tasks of pipelines, are made of. */
export function workersOf(config: Config) {
  const [ecs, scaling] = [new ECSClient(config), new ApplicationAutoScalingClient(config)];
  const [ec2, ecr] = [new EC2Client(config), new ECRClient(config)];
  return {
    /** A service that is active, and what ECS has said of it last. */
    workerService: async (cluster: string, service: string) => {
      const asked = ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
      const found = (await known(asked, /^ClusterNotFound/))?.services?.find(({ status }) => status === 'ACTIVE');
      if (!found) return undefined;
      const { runningCount: running = 0, desiredCount: desired = 0, events = [] } = found;
      return { running, desired, said: events[0]?.message };
    },

    hasCluster: async (cluster: string) => {
      const { clusters = [] } = await ecs.send(new DescribeClustersCommand({ clusters: [cluster] }));
      return clusters.some(({ status }) => status === 'ACTIVE');
    },

    /** A task definition: its `family:revision`, and the ARNs of the roles that its tasks have. */
    taskDefinition: async (taskDefinition: string) => {
      const asked = ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
      const found = (await known(asked, /^ClientException/))?.taskDefinition;
      return (
        found && {
          name: `${found.family}:${found.revision}`,
          roles: [found.taskRoleArn, found.executionRoleArn].flatMap((role) => role ?? []),
        }
      );
    },

    scalableTarget: async (resource: string) => {
      const asked = new DescribeScalableTargetsCommand({ ...TARGET, ResourceIds: [resource] });
      const [found] = (await scaling.send(asked)).ScalableTargets ?? [];
      return found && { min: found.MinCapacity ?? 0, max: found.MaxCapacity ?? 0 };
    },

    /** The names of the policies that scale it, whoever made them. */
    scalingPolicies: async (resource: string) => {
      const asked = new DescribeScalingPoliciesCommand({ ...TARGET, ResourceId: resource });
      return ((await scaling.send(asked)).ScalingPolicies ?? []).flatMap(({ PolicyName }) => PolicyName ?? []);
    },

    hasImage: async (repositoryName: string, imageTag: string) => {
      const asked = new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] });
      return (await known(ecr.send(asked), /^(RepositoryNotFound|ImageNotFound)/)) !== undefined;
    },

    /** The VPC of a subnet. */
    vpcOfSubnet: async (id: string) => {
      const asked = ec2.send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
      return (await known(asked, /^InvalidSubnetID/))?.Subnets?.[0]?.VpcId;
    },

    /** The VPC of a security group. */
    vpcOfGroup: async (id: string) => {
      const asked = ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
      return (await known(asked, /^InvalidGroup/))?.SecurityGroups?.[0]?.VpcId;
    },
  };
}

import { sub } from '../arns.ts';
import type { Making } from './created.ts';
import { tcp } from './group.ts';
import { idsOf } from './ids.ts';

/**
 * What a task of Fargate needs to start in a subnet that has no way to the internet.
 *
 * @source Amazon ECR user guide, "Amazon ECR interface VPC endpoints (AWS PrivateLink)"; ECS, "Interface VPC endpoints"
 */
const INTERFACES = ['ecr.api', 'ecr.dkr', 'logs', 'ssm'];

export function endpoints({ name, workers }: Making): Record<string, object> {
  const { endpoints, vpc, subnets, securityGroups } = workers.create;
  if (!endpoints) return {};
  const ids = idsOf(name);
  const from = securityGroups.length > 0 ? securityGroups : [{ 'Fn::GetAtt': [ids.group, 'GroupId'] }];
  const endpoint = (service: string, properties: object): [string, object] => [
    ids.endpoint(service),
    {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: { ServiceName: sub(`com.amazonaws.\${AWS::Region}.${service}`), VpcId: vpc, ...properties },
    },
  ];
  return {
    [ids.endpointGroup]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: `Endpoints for the workers of the queue ${name}`,
        VpcId: vpc,
        SecurityGroupIngress: from.map((group) => ({ ...tcp(443), SourceSecurityGroupId: group })),
      },
    },
    ...Object.fromEntries([
      ...INTERFACES.map((service) =>
        endpoint(service, {
          VpcEndpointType: 'Interface',
          PrivateDnsEnabled: true,
          SubnetIds: subnets,
          SecurityGroupIds: [{ 'Fn::GetAtt': [ids.endpointGroup, 'GroupId'] }],
        }),
      ),
      endpoint('s3', { VpcEndpointType: 'Gateway', RouteTableIds: endpoints.routeTables }),
    ]),
  };
}

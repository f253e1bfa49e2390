import type { Making } from './created.ts';
import { idsOf } from './ids.ts';

/** The security group of workers: nothing may connect to them, and they may connect where the stage file says. */
export function group({ stage, name, workers }: Making): Record<string, object> {
  const { securityGroups, vpc, egress } = workers.create;
  if (securityGroups.length > 0) return {};
  const ids = idsOf(name);
  return {
    [ids.group]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupName: `lamplighter-${stage}-${name}`,
        GroupDescription: `Workers of the queue ${name}`,
        VpcId: vpc,
        SecurityGroupEgress: egress.map(({ port, to }) => ({
          ...tcp(port),
          ...(to.startsWith('sg-') ? { DestinationSecurityGroupId: to } : { CidrIp: to }),
        })),
      },
    },
    ...Object.fromEntries(
      egress
        .filter(({ admit }) => admit)
        .map(({ port, to }) => [ids.ingress(port, to), ingress(port, to, ids.group, `Workers of the queue ${name}`)]),
    ),
  };
}

/** A rule in a security group that lets another one in. */
export function ingress(port: number, into: string | object, from: string, description: string): object {
  return {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      GroupId: into,
      ...tcp(port),
      SourceSecurityGroupId: { 'Fn::GetAtt': [from, 'GroupId'] },
      Description: description,
    },
  };
}

export function tcp(port: number): object {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port };
}

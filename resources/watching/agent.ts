import { createHash } from 'node:crypto';
import { logicalId } from '../logical-id.ts';
import { configuration } from './configuration.ts';
import { isInstance, logGroup, type Machine, machines, type WatchedStage } from './watched.ts';

/** The agent of CloudWatch on the instances of services: what it measures, and that it is there. */
export function agent(stage: WatchedStage): Record<string, object> {
  const instances = machines(stage).filter(isInstance);
  if (instances.length === 0) return {};
  return Object.assign(
    { WatchingDocument: document(stage.stage) },
    ...instances.flatMap(({ services }) => services.map(([name]) => logs(stage.stage, name))),
    ...instances.map((machine) => ofInstance(stage.stage, machine)),
  );
}

function logs(stage: string, service: string): Record<string, object> {
  return {
    // Not LogGroup: a function of the same name has one.
    [`${logicalId(service)}ServiceLogs`]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: logGroup(stage, service), RetentionInDays: 30 },
    },
  };
}

/**
 * What holds the configuration of an agent: AWS's CloudWatchAgentServerPolicy lets an instance read what begins with
 * AmazonCloudWatch-.
 */
export function agentParameter(stage: string, machine: string): string {
  return `AmazonCloudWatch-lamplighter-${stage}-${machine}`;
}

function ofInstance(stage: string, machine: Machine & { target: { ec2: string } }): Record<string, object> {
  const { name, target } = machine;
  const id = logicalId(name);
  const text = JSON.stringify(configuration(stage, machine));
  return {
    [`${id}AgentConfiguration`]: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        Name: agentParameter(stage, name),
        Type: 'String',
        Description: `What the CloudWatch agent measures for ${name}.`,
        // In one piece the framework would take the agent's own variables for its.
        Value: { 'Fn::Join': ['$', text.split('$')] },
      },
    },
    [`${id}AgentAssociation`]: {
      Type: 'AWS::SSM::Association',
      Properties: {
        AssociationName: `lamplighter-${stage}-watch-${name}`,
        Name: { Ref: 'WatchingDocument' },
        Targets: [{ Key: 'InstanceIds', Values: [target.ec2] }],
        // A new configuration is applied at once, since with it the parameters change; what was removed by hand, a day later.
        Parameters: {
          Configuration: [{ Ref: `${id}AgentConfiguration` }],
          Version: [createHash('sha256').update(text).digest('hex').slice(0, 12)],
        },
        ScheduleExpression: 'rate(1 day)',
      },
    },
  };
}

/** Installs the agent and gives it its configuration, by the documents that AWS keeps for both. */
function document(stage: string): object {
  const run = (name: string, documentPath: string, documentParameters: Record<string, string>) => ({
    ...{ action: 'aws:runDocument', name, onFailure: 'Abort' },
    inputs: { documentType: 'SSMDocument', documentPath, documentParameters },
  });
  return {
    Type: 'AWS::SSM::Document',
    Properties: {
      Name: `lamplighter-${stage}-watch`,
      ...{
        DocumentType: 'Command',
        DocumentFormat: 'JSON',
        TargetType: '/AWS::EC2::Instance',
        UpdateMethod: 'NewVersion',
      },
      Content: {
        schemaVersion: '2.2',
        description: 'Installs the CloudWatch agent and gives it its configuration.',
        parameters: {
          Configuration: {
            type: 'String',
            description: 'The parameter that holds it.',
            allowedPattern: '^[A-Za-z0-9_.-]+$',
          },
          Version: { type: 'String', description: 'Changes with it.', allowedPattern: '^[0-9a-f]*$', default: '' },
        },
        mainSteps: [
          run('install', 'AWS-ConfigureAWSPackage', { action: 'Install', name: 'AmazonCloudWatchAgent' }),
          run('configure', 'AmazonCloudWatch-ManageAgent', {
            ...{ action: 'configure', mode: 'ec2', optionalConfigurationSource: 'ssm', optionalRestart: 'yes' },
            optionalConfigurationLocation: '{{ Configuration }}',
          }),
        ],
      },
    },
  };
}

import { createHash } from 'node:crypto';
import { logicalId } from '../schedules.ts';
import { configuration } from './configuration.ts';
import { logGroup, onInstances, type Watched, type WatchedStage } from './watched.ts';

/** The agent of CloudWatch on the instances of services: what it measures, and that it is there. */
export function agent(stage: WatchedStage): Record<string, object> {
  const services = onInstances(stage);
  if (services.length === 0) return {};
  return Object.assign(
    { WatchingDocument: document(stage.stage) },
    ...services.map((of) => ofService(stage.stage, ...of)),
  );
}

function ofService(stage: string, name: string, instance: string, service: Watched): Record<string, object> {
  const id = logicalId(name);
  const text = JSON.stringify(configuration(stage, name, service));
  return {
    // Not LogGroup: a function of the same name has one.
    [`${id}ServiceLogs`]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: logGroup(stage, name), RetentionInDays: 30 },
    },
    [`${id}AgentConfiguration`]: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        // AWS's CloudWatchAgentServerPolicy lets an instance read what begins with AmazonCloudWatch-.
        Name: `AmazonCloudWatch-lamplighter-${stage}-${name}`,
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
        Targets: [{ Key: 'InstanceIds', Values: [instance] }],
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

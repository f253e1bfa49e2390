import { createHash } from 'node:crypto';
import { logicalId } from '../schedules.ts';
import { logGroup, onInstances, type Watched, type WatchedStage } from './watched.ts';

/** What keeps the processes running, as `procstat` finds it. */
const MANAGERS = { pm2: { pattern: 'God Daemon' }, compose: { exe: 'dockerd' }, systemd: { exe: 'systemd' } };

/** Where the recovery writes down what it did: `agent/recover/recover.sh`. */
const RECOVERY_LOG = '/var/log/lamplighter/recovery/recovery.log';

/** The agent of CloudWatch on the instances of services: what it measures, and that it is there. */
export function agent(stage: WatchedStage): Record<string, object> {
  const services = onInstances(stage);
  if (services.length === 0) return {};
  return Object.assign({ WatchingDocument: document(stage.stage) }, ...services.map((of) => ofService(stage.stage, ...of)));
}

function ofService(stage: string, name: string, instance: string, service: Watched): Record<string, object> {
  const id = logicalId(name);
  const text = JSON.stringify(configuration(stage, name, service));
  return {
    [`${id}LogGroup`]: {
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

/**
 * Of each sort one metric: a metric costs the same whether it is of one disk or of all.
 *
 * @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html;
 * aws/amazon-cloudwatch-agent translator/config/schema.json and processor/rollupprocessor (what has no other dimensions is
 * not rolled up a second time)
 */
export function configuration(stage: string, name: string, { recover }: Watched) {
  const manager = recover?.restart && MANAGERS[recover.restart.by];
  const file = (path: string, stream: string) => ({
    ...{ file_path: path, log_group_name: logGroup(stage, name), log_stream_name: `{instance_id}/${stream}` },
    ...{ retention_in_days: 30 },
  });
  return {
    // As root, since PM2 keeps its logs in the home of its user.
    agent: { metrics_collection_interval: 60, run_as_user: 'root' },
    metrics: {
      namespace: 'CWAgent',
      append_dimensions: { InstanceId: '${aws:InstanceId}' },
      aggregation_dimensions: [['InstanceId']],
      metrics_collected: {
        mem: { measurement: ['mem_used_percent'] },
        swap: { measurement: ['swap_used_percent'] },
        disk: {
          measurement: ['disk_used_percent'],
          resources: ['*'],
          // Always full, or no disk.
          ignore_file_system_types: ['sysfs', 'devtmpfs', 'tmpfs', 'overlay', 'squashfs', 'iso9660', 'efivarfs'],
          drop_original_metrics: ['disk_used_percent'],
        },
        ...(manager && {
          procstat: [{ ...manager, measurement: ['pid_count'], drop_original_metrics: ['procstat_lookup_pid_count'] }],
        }),
      },
    },
    logs: {
      logs_collected: {
        files: {
          collect_list: [
            ...pm2Logs(recover?.restart).map(([path, stream]) => file(path, stream)),
            file(RECOVERY_LOG, 'health-check'),
            file('/var/log/nginx/access.log', 'nginx-access'),
            file('/var/log/nginx/error.log', 'nginx-error'),
          ],
        },
      },
    },
  };
}

function pm2Logs(restart: NonNullable<Watched['recover']>['restart']): [string, string][] {
  if (restart?.by !== 'pm2') return [];
  const { name, user = 'root' } = restart;
  const folder = `${user === 'root' ? '/root' : `/home/${user}`}/.pm2/logs`;
  return [
    [`${folder}/${name}-out*.log`, 'pm2-out'],
    [`${folder}/${name}-error*.log`, 'pm2-error'],
  ];
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
      ...{ DocumentType: 'Command', DocumentFormat: 'JSON', TargetType: '/AWS::EC2::Instance', UpdateMethod: 'NewVersion' },
      Content: {
        schemaVersion: '2.2',
        description: 'Installs the CloudWatch agent and gives it its configuration.',
        parameters: {
          Configuration: { type: 'String', description: 'The parameter that holds it.', allowedPattern: '^[A-Za-z0-9_.-]+$' },
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

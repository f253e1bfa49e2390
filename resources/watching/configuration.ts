import { logGroup, type Watched } from './watched.ts';

/** What keeps the processes running, as `procstat` finds it. */
const MANAGERS = { pm2: { pattern: 'God Daemon' }, compose: { exe: 'dockerd' }, systemd: { exe: 'systemd' } };

/** Where the recovery writes down what it did: `agent/recover/recover.sh`. */
const RECOVERY_LOG = '/var/log/lamplighter/recovery/recovery.log';

/**
 * Of each sort one metric, since a metric costs the same whether it is of one disk or of all; of processes two, since the agent
 * drops no originals there.
 *
 * @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html;
 * aws/amazon-cloudwatch-agent translator/config/schema.json and processor/rollupprocessor (what has no other dimensions is
 * not rolled up a second time)
 */
export function configuration(stage: string, name: string, { recover }: Watched) {
  const manager = recover?.restart && MANAGERS[recover.restart.by];
  const file = (path: string, stream: string) => ({
    ...{ file_path: path, log_group_name: logGroup(stage, name), log_stream_name: `{instance_id}/${stream}` },
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
        ...(manager && { procstat: [{ ...manager, measurement: ['pid_count'] }] }),
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

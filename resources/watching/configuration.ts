import { logGroup, type Machine, type Watched } from './watched.ts';

type Restart = NonNullable<NonNullable<Watched['recover']>['restart']>;

/** What keeps the processes running, as `procstat` finds it. */
const MANAGERS = { pm2: { pattern: 'God Daemon' }, compose: { exe: 'dockerd' }, systemd: { exe: 'systemd' } };

/** Where the recovery writes down what it did: `agent/recover/recover.sh`. */
const RECOVERY_LOG = '/var/log/lamplighter/recovery/recovery.log';

/**
 * What the agent of an instance measures, for all services on it: an agent has one configuration. What is of the machine goes
 * into the log group of the first.
 *
 * Of each sort one metric, since a metric costs the same whether it is of one disk or of all; of processes two, since the agent
 * drops no originals there.
 *
 * @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html;
 * aws/amazon-cloudwatch-agent translator/config/schema.json and processor/rollupprocessor (what has no other dimensions is
 * not rolled up a second time)
 */
export function configuration(stage: string, { name: machine, services }: Pick<Machine, 'name' | 'services'>) {
  const restarts = services.flatMap(([name, { recover }]) =>
    recover?.restart ? [{ of: name, ...recover.restart }] : [],
  );
  const managers = [...new Set(restarts.map(({ by }) => by))].map((by) => MANAGERS[by]);
  const file = (path: string, stream: string, name = machine) => ({
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
        ...(managers.length > 0 && {
          procstat: managers.map((manager) => ({ ...manager, measurement: ['pid_count'] })),
        }),
      },
    },
    logs: {
      logs_collected: {
        files: {
          collect_list: [
            ...restarts.flatMap((restart) => pm2Logs(restart).map(([path, stream]) => file(path, stream, restart.of))),
            file(RECOVERY_LOG, 'health-check'),
            file('/var/log/nginx/access.log', 'nginx-access'),
            file('/var/log/nginx/error.log', 'nginx-error'),
          ],
        },
      },
    },
  };
}

function pm2Logs({ by, name, user = 'root' }: Restart): [string, string][] {
  if (by !== 'pm2') return [];
  const folder = `${user === 'root' ? '/root' : `/home/${user}`}/.pm2/logs`;
  return [
    [`${folder}/${name}-out*.log`, 'pm2-out'],
    [`${folder}/${name}-error*.log`, 'pm2-error'],
  ];
}

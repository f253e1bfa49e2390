import { dashboardName } from '../alarms/names.ts';
import { queuesDashboardName } from '../alarms/queue-names.ts';
import type { Link } from './notice.ts';

/** Consoles are on another domain in each partition, which the beginning of a region's name tells. */
const CONSOLES: [RegExp, (region: string) => string][] = [
  [/^cn-/, (region) => `${region}.console.amazonaws.cn`],
  [/^us-gov-/, (region) => `${region}.console.amazonaws-us-gov.com`],
  [/^eusc-/, (region) => `${region}.console.amazonaws-eusc.eu`],
  [/^(?!us-iso)[a-z]{2}(-[a-z]+)+-\d+$/, (region) => `${region}.console.aws.amazon.com`],
];

/** Where the console shows an execution: there the whole can be read. */
export function executionLink(execution: string | undefined): string | undefined {
  const region = execution?.split(':')[3] ?? '';
  return page(region, 'states', `#/v2/executions/details/${execution}`);
}

/** Where the output of a job is: `group:stream` in CloudWatch Logs, `s3://bucket/key`, or a file on the instance. */
export function logLink(log: string, region: string): string | undefined {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(log) ?? [];
  if (bucket) return page(region, `s3/object/${bucket}`, '', `&prefix=${encodeURIComponent(key)}`);
  const [, group, stream] = /^(\/lamplighter\/[^:]+):(.+)$/.exec(log) ?? [];
  return group && logGroupLink(group, region, stream);
}

/** A group of CloudWatch Logs, and in it the streams that begin so. */
export function logGroupLink(group: string, region: string, stream?: string): string | undefined {
  const streams = stream ? `$3FlogStreamNameFilter$3D${twice(stream)}` : '';
  return page(region, 'cloudwatch', `#logsV2:log-groups/log-group/${twice(group)}${streams}`);
}

export function instanceLink(id: string, region: string): string | undefined {
  return page(region, 'ec2', `#InstanceDetails:instanceId=${encodeURIComponent(id)}`);
}

export function ecsServiceLink(
  { cluster, service }: { cluster: string; service: string },
  region: string,
): string | undefined {
  return page(region, `ecs/v2/clusters/${encodeURIComponent(cluster)}/services/${encodeURIComponent(service)}`, '');
}

/** By its name, which also finds one that is deleted or was created anew. */
export function stackLink(name: string, region: string): string | undefined {
  return page(region, 'cloudformation', `#/stacks?filteringText=${encodeURIComponent(name)}&viewNested=true`);
}

export function alarmLink(name: string, region: string): string | undefined {
  return page(region, 'cloudwatch', `#alarmsV2:alarm/${encodeURIComponent(name)}`);
}

/** The page of the stage that shows all of its services, also while they are down. */
export function dashboardLink(stage: string, region: string): string | undefined {
  return page(region, 'cloudwatch', `#dashboards/dashboard/${encodeURIComponent(dashboardName(stage))}`);
}

/** The page of the stage that shows all of its queues and their workers. */
export function queuesDashboardLink(stage: string, region: string): string | undefined {
  return page(region, 'cloudwatch', `#dashboards/dashboard/${encodeURIComponent(queuesDashboardName(stage))}`);
}

/** A link, where there is an address. */
export function labelled(label: string, url: string | undefined): Link[] {
  return url ? [{ label, url }] : [];
}

function page(region: string, service: string, fragment: string, query = ''): string | undefined {
  const host = CONSOLES.find(([partition]) => partition.test(region))?.[1](region);
  const path = service.includes('/') ? service : `${service}/home`;
  return host && `https://${host}/${path}?region=${region}${query}${fragment}`;
}

/** CloudWatch reads its fragments percent-encoded twice, with `$` for `%`. */
function twice(text: string): string {
  return encodeURIComponent(encodeURIComponent(text)).replaceAll('%', '$');
}

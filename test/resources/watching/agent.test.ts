import { describe, expect, test } from '@jest/globals';
import { agent } from '../../../resources/watching/agent.ts';
import { configuration } from '../../../resources/watching/configuration.ts';
import type { Watched } from '../../../resources/watching/watched.ts';
import { aMachine, aService, aWatchedStage, INSTANCE } from './services.ts';

type Resource = { Type: string; Properties: Record<string, unknown> };
type Content = { mainSteps: { inputs: { documentPath: string } }[] };
const of = (services: Record<string, Watched>) => agent(aWatchedStage(services)) as Record<string, Resource>;
const value = (resource: Resource | undefined) => {
  const joined = resource?.Properties['Value'] as { 'Fn::Join': [string, string[]] } | undefined;
  return joined?.['Fn::Join'][1].join(joined['Fn::Join'][0]) ?? '';
};
const files = (service: Watched) =>
  configuration('dev', { name: 'web', services: [['web', service]] }).logs.logs_collected.files.collect_list.map(
    ({ file_path }) => file_path,
  );

describe('what the agent is told', () => {
  test('its parameter - is one that an instance may read, in the size that is free, and holds the configuration', () => {
    const { WebAgentConfiguration } = of({ web: aService() });
    expect(WebAgentConfiguration?.Properties['Name']).toBe('AmazonCloudWatch-lamplighter-dev-web');
    expect(value(WebAgentConfiguration).length).toBeLessThanOrEqual(4096);
    expect(JSON.parse(value(WebAgentConfiguration))).toEqual(configuration('dev', aMachine()));
  });

  test('no text of it - is taken by the framework for a variable of its own', () => {
    expect(JSON.stringify(of({ web: aService() }))).not.toMatch(/\$\{/);
  });

  test('what it measures - each for the instance as a whole, which is how the alarms ask', () => {
    const { metrics } = configuration('dev', aMachine());
    expect(metrics.aggregation_dimensions).toEqual([['InstanceId']]);
    expect(metrics.metrics_collected).toMatchObject({
      mem: { measurement: ['mem_used_percent'] },
      swap: { measurement: ['swap_used_percent'] },
      disk: { drop_original_metrics: ['disk_used_percent'] },
      procstat: [{ pattern: 'God Daemon', measurement: ['pid_count'] }],
    });
  });

  test('the logs of PM2, of the health check and of nginx - go into the group of the service', () => {
    expect(files(aService())).toEqual([
      '/home/ec2-user/.pm2/logs/api-out*.log',
      '/home/ec2-user/.pm2/logs/api-error*.log',
      '/var/log/lamplighter/recovery/recovery.log',
      '/var/log/nginx/access.log',
      '/var/log/nginx/error.log',
    ]);
    const { WebServiceLogs } = of({ web: aService() });
    expect(WebServiceLogs?.Properties).toEqual({ LogGroupName: '/lamplighter/dev/web', RetentionInDays: 30 });
  });

  test.each<[string, Watched['recover'], object]>([
    ['systemd', { restart: { by: 'systemd', name: 'api' } }, { procstat: [{ exe: 'systemd' }] }],
    ['Compose', { restart: { by: 'compose', name: 'shop' } }, { procstat: [{ exe: 'dockerd' }] }],
  ])('by %s - no logs of PM2, and its own process', (_, recover, expected) => {
    expect(files(aService({ recover })).join()).not.toContain('pm2');
    expect(configuration('dev', aMachine({ recover })).metrics.metrics_collected).toMatchObject(expected);
  });

  test('of root - the logs are in its home', () => {
    expect(files(aService({ recover: { restart: { by: 'pm2', name: 'api' } } }))[0]).toBe(
      '/root/.pm2/logs/api-out*.log',
    );
  });
});

describe('two services on one instance', () => {
  const both = { web: aService(), api: aService({ recover: { restart: { by: 'pm2', name: 'worker' } } }) };

  test('one agent with one configuration, each service with logs of its own', () => {
    const found = of(both);
    expect(Object.keys(found).sort()).toEqual([
      'ApiServiceLogs',
      'WatchingDocument',
      'WebAgentAssociation',
      'WebAgentConfiguration',
      'WebServiceLogs',
    ]);
    const { collect_list: files } = configuration('dev', { name: 'web', services: Object.entries(both) }).logs
      .logs_collected.files;
    const groupOf = (path: string) => files.find(({ file_path }) => file_path === path)?.log_group_name;
    expect(groupOf('/home/ec2-user/.pm2/logs/api-out*.log')).toBe('/lamplighter/dev/web');
    expect(groupOf('/root/.pm2/logs/worker-out*.log')).toBe('/lamplighter/dev/api');
    expect(groupOf('/var/log/nginx/error.log')).toBe('/lamplighter/dev/web');
  });

  test('both kept running by PM2 - it is counted once', () => {
    const { procstat } = configuration('dev', { name: 'web', services: Object.entries(both) }).metrics
      .metrics_collected;
    expect(procstat).toHaveLength(1);
  });
});

describe('the association', () => {
  test('it is of the instance alone, and comes back to it every day', () => {
    expect(of({ web: aService() })['WebAgentAssociation']?.Properties).toMatchObject({
      Name: { Ref: 'WatchingDocument' },
      Targets: [{ Key: 'InstanceIds', Values: [INSTANCE] }],
      ScheduleExpression: 'rate(1 day)',
      Parameters: { Configuration: [{ Ref: 'WebAgentConfiguration' }] },
    });
  });

  test('another configuration - other parameters, so that it is applied at once; the same - the same', () => {
    const parameters = (service: Watched) => of({ web: service })['WebAgentAssociation']?.Properties['Parameters'];
    const other = aService({ recover: { restart: { by: 'pm2', name: 'other' } } });
    expect(parameters(aService())).toEqual(parameters(aService()));
    expect(parameters(other)).not.toEqual(parameters(aService()));
  });

  test('its document - installs the agent by AWS’s own, then configures it', () => {
    const content = of({ web: aService() })['WatchingDocument']?.Properties['Content'] as Content | undefined;
    expect(content?.mainSteps.map(({ inputs }) => inputs.documentPath)).toEqual([
      'AWS-ConfigureAWSPackage',
      'AmazonCloudWatch-ManageAgent',
    ]);
  });

  test('services without an instance of their own - nothing', () => {
    expect(of({ web: aService({ target: { group: 'web' } }), other: aService({ target: undefined }) })).toEqual({});
  });
});

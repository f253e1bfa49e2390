import { afterEach, describe, expect, test } from '@jest/globals';
import { CloudWatch } from '../../../rehearsal/aws/cloudwatch.ts';
import { MetricAlarms } from '../../../rehearsal/aws/metric-alarms.ts';
import { measured } from '../../../rehearsal/aws/metrics.ts';
import { Sns } from '../../../rehearsal/aws/sns.ts';
import { Template } from '../../../rehearsal/template.ts';
import { deployTopics } from '../../../rehearsal/topics.ts';
import { watching } from '../../../resources/watching.ts';
import { aStage } from '../../shared/builders.ts';
import { aService } from '../../shared/watch/services.ts';
import { SERVER, SERVER_STAGE, ServerWorld } from '../server-world.ts';

let aws: ServerWorld;
afterEach(() => aws?.end());

/** When alarms change, `01:02 status-check ALARM`, in the hours after midnight. */
async function changes(incident: object, hours = 2): Promise<string[]> {
  aws = new ServerWorld({ faults: [{ at: '2026-11-02T01:00', workload: 'web', ...incident }] });
  const NoticesTopic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'lamplighter-dev-notices' } };
  const resources = { ...watching(SERVER_STAGE), NoticesTopic };
  const template = new Template({ Resources: resources as Template['resources'] }, 'ap-northeast-2');
  const seen: string[] = [];
  const sns = new Sns(
    aws.world,
    () => undefined,
    () => true,
  );
  const cloudwatch = new CloudWatch(
    aws.world,
    sns,
    () => true,
    (detail) => {
      const { alarmName, state } = detail as { alarmName: string; state: { value: string } };
      const time = new Date(aws.clock.now).toISOString().slice(11, 16);
      seen.push(`${time} ${alarmName.replace(/^lamplighter-dev-|-web$/g, '')} ${state.value}`);
    },
  );
  deployTopics(template, sns, cloudwatch);
  new MetricAlarms(aws.world, template, aws.servers, cloudwatch);
  await aws.pass(hours * 60);
  return seen;
}

describe('what CloudWatch sees of', () => {
  test('a crash - nothing: nobody measures whether a process answers', async () => {
    expect(await changes({ incident: 'crash' })).toEqual([]);
  });

  test('a broken host - its status check in two minutes, that nothing is heard in a quarter of an hour, and that it is over', async () => {
    const seen = await changes({ incident: 'status-check', lasts: '40m' });
    expect(seen[0]).toBe('01:02 status-check ALARM');
    expect(seen).toContain('01:15 missing-data ALARM');
    expect(seen).toContain('01:40 status-check OK');
    expect(seen.filter((change) => change.endsWith('ALARM'))).toHaveLength(2);
  });

  test('a slow death - the memory, minutes before it answers no more', async () => {
    const seen = await changes({ incident: 'slow-death', grows: '60m' });
    expect(seen).toEqual([expect.stringMatching(/^01:5\d memory ALARM$/)]);
  });

  test('a disk that fills - its alarm, before it is full', async () => {
    expect(await changes({ incident: 'disk-full', grows: '60m' })).toEqual(['01:55 disk ALARM']);
  });

  test('a server that somebody turns off - that it is not heard', async () => {
    aws = new ServerWorld();
    aws.end();
    const seen = changes({ incident: 'certificate' }, 1);
    aws.clock.at(aws.clock.now + 60_000, () => aws.ec2.stop(SERVER, 'somebody'));
    expect(await seen).toContain('00:20 missing-data ALARM');
  });
});

describe('what is measured of', () => {
  const targets = { ecs: { cluster: 'app', service: 'web' } };
  const metric = (dimensions: Record<string, string>, name = 'MemoryUtilization') =>
    measured(aws.world, aws.servers, { namespace: 'AWS/ECS', name, dimensions });

  test('a service of ECS - grows as it dies; of the same name in another cluster nobody knows', async () => {
    const faults = [{ incident: 'slow-death', workload: 'web', at: '2026-11-02T00:10', grows: '20m' }];
    aws = new ServerWorld({ faults }, aStage({ timezone: 'UTC', services: { web: aService({ target: targets }) } }));
    expect(metric({ ClusterName: 'app', ServiceName: 'web' })).toBe(45);
    await aws.pass(40);
    expect(metric({ ClusterName: 'app', ServiceName: 'web' })).toBe(97);
    expect(metric({ ClusterName: 'other', ServiceName: 'web' })).toBe('unknown');
    expect(metric({ ClusterName: 'app', ServiceName: 'web' }, 'Other')).toBe('unknown');
  });

  test('a server that is off - nothing', async () => {
    aws = new ServerWorld({ instances: { web: 'stopped' } });
    for (const name of ['StatusCheckFailed', 'CPUUtilization', 'mem_used_percent', 'disk_used_percent'])
      expect(metric({ InstanceId: SERVER }, name)).toBeUndefined();
  });
});

import { afterEach, describe, expect, test } from '@jest/globals';
import { saidBy } from '../../shared/recovery/said.ts';
import { SERVER, ServerWorld } from './server-world.ts';

let aws: ServerWorld;
afterEach(() => aws?.end());

const at = '2026-11-02T01:00';
const befall = (incident: object, more: object = {}) => {
  aws = new ServerWorld({ faults: [{ at, workload: 'web', ...incident }], ...more });
  return aws.pass(61);
};
const InstanceIds = [SERVER];

describe('a process', () => {
  test('nothing is wrong - asked, it answers, and nothing is restarted', async () => {
    aws = new ServerWorld();
    expect(aws.seen()).toBe('200');
    const { Status, StandardOutputContent } = await aws.recover();
    expect([Status, saidBy(StandardOutputContent)?.result]).toEqual(['Success', 'healthy']);
  });

  test.each([
    ['crash', '502'],
    ['hang', 'hangs'],
  ])('%s - seen as %s until it is restarted', async (incident, seen) => {
    await befall({ incident });
    expect(aws.seen()).toBe(seen);
    const { Status, ResponseCode, StandardOutputContent } = await aws.recover();
    expect([Status, ResponseCode]).toEqual(['Success', 0]);
    expect(saidBy(StandardOutputContent)).toMatchObject({ step: 'restart', result: 'recovered', disk: 41 });
    expect([aws.seen(), ...aws.over()]).toEqual(['200', `${incident} restart`]);
  });

  test('a crash that a restart does not help - failed, and it is down', async () => {
    await befall({ incident: 'crash', cure: 'reboot' });
    const { Status, ResponseCode, StandardOutputContent } = await aws.recover();
    expect([Status, ResponseCode, saidBy(StandardOutputContent)?.result]).toEqual(['Failed', 10, 'failed']);
    expect(aws.seen()).toBe('502');
  });

  test('its output - nothing before it has ended, and two at a time are refused', async () => {
    await befall({ incident: 'crash', cure: 'reboot' });
    const [first, second] = await Promise.all([aws.recover({}, 0.5), aws.recover({}, 0.5)]);
    expect([first.Status, first.StandardOutputContent]).toEqual(['InProgress', '']);
    expect(saidBy(second.StandardOutputContent)?.result).toBe('busy');
  });

  test('a process that no service names - absent', async () => {
    aws = new ServerWorld();
    expect((await aws.recover({ Name: 'other' })).ResponseCode).toBe(11);
  });
});

describe('a machine', () => {
  test('reboot - down for one to three minutes, and what it helps against is over', async () => {
    await befall({ incident: 'crash', cure: 'reboot' });
    await aws.call('ec2', 'RebootInstances', { InstanceIds });
    expect(aws.seen()).toBe('ECONNREFUSED');
    await aws.pass(0.9);
    expect(aws.seen()).toBe('ECONNREFUSED');
    await aws.pass(2.2);
    expect([aws.seen(), ...aws.over()]).toEqual(['200', 'crash reboot']);
    expect(aws.ec2.get(SERVER).state).toBe('running');
  });

  test('a host that is broken - its agent is not heard, a reboot does not help, another host does', async () => {
    await befall({ incident: 'status-check' });
    expect(aws.seen()).toBe('hangs');
    const { InstanceStatuses } = await aws.call('ec2', 'DescribeInstanceStatus', { InstanceIds });
    expect(InstanceStatuses[0].SystemStatus.Status).toBe('impaired');
    expect(await aws.recover()).toMatchObject({ Status: 'TimedOut', StatusDetails: 'DeliveryTimedOut' });
    await aws.pass(3);
    await expect(aws.recover()).rejects.toMatchObject({ name: 'InvalidInstanceId' });
    await aws.call('ec2', 'RebootInstances', { InstanceIds });
    await aws.pass(10);
    expect(aws.seen()).toBe('hangs');
    await aws.call('ec2', 'StopInstances', { InstanceIds });
    await aws.pass(6);
    await aws.call('ec2', 'StartInstances', { InstanceIds });
    await aws.pass(3);
    expect([aws.seen(), ...aws.over()]).toEqual(['200', 'status-check stop-start']);
  });

  test('an instance that is off cannot be rebooted', async () => {
    aws = new ServerWorld({ instances: { web: 'stopped' } });
    expect(aws.seen()).toBe('hangs');
    await expect(aws.call('ec2', 'RebootInstances', { InstanceIds })).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
    });
  });
});

describe('its address', () => {
  const addressOf = async () =>
    (await aws.call('ec2', 'DescribeInstances', { InstanceIds })).Reservations[0].Instances[0];
  const restart = async () => {
    await aws.call('ec2', 'StopInstances', { InstanceIds });
    await aws.pass(2);
    await aws.call('ec2', 'StartInstances', { InstanceIds });
    await aws.pass(3);
  };

  test('an Elastic IP - the same after a stop and start', async () => {
    aws = new ServerWorld();
    const before = await addressOf();
    await restart();
    expect((await addressOf()).PublicIpAddress).toBe(before.PublicIpAddress);
    expect(before.NetworkInterfaces[0].Association.IpOwnerId).toBe('123456789012');
    const Filters = [{ Name: 'instance-id', Values: InstanceIds }];
    expect((await aws.call('ec2', 'DescribeAddresses', { Filters })).Addresses).toHaveLength(1);
    expect(aws.seen()).toBe('200');
  });

  test('another one - it is not the same, and its name leads nowhere', async () => {
    aws = new ServerWorld({ addresses: { web: 'public' } });
    const before = await addressOf();
    await restart();
    const after = await addressOf();
    expect(after.PublicIpAddress).not.toBe(before.PublicIpAddress);
    expect([after.NetworkInterfaces[0].Association.IpOwnerId, aws.seen()]).toEqual(['amazon', 'hangs']);
  });
});

test('an incident of a service that there is not - said', () => {
  expect(() => befall({ incident: 'crash', workload: 'other' })).toThrow('and the stage no service other');
});

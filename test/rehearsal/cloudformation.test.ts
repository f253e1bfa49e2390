import { StackStatus } from '@aws-sdk/client-cloudformation';
import { afterEach, describe, expect, test } from '@jest/globals';
import { integrationError } from '../../rehearsal/aws/errors.ts';
import { STACK_STATUSES } from '../../rehearsal/aws/stack-states.ts';
import { StackWorld } from './world.ts';

let aws: StackWorld;
afterEach(() => aws?.end());
const open = (scenario: object = {}) => {
  aws = new StackWorld(scenario);
  return aws;
};
const tag = (value: string) => ({ Parameters: [{ ParameterKey: 'Tag', ParameterValue: value }] });
const up = { stacks: { app: { state: 'CREATE_COMPLETE' } } };

describe('a creation', () => {
  test('nothing goes wrong - complete within the time that the scenario gives it, and described', async () => {
    open({ stacks: { app: { create: ['10m', '10m'] } } });
    const { StackId } = await aws.create();
    await aws.pass(9);
    expect(await aws.status()).toBe('CREATE_IN_PROGRESS');
    await aws.pass(2);
    expect((await aws.call('DescribeStacks')).Stacks).toMatchObject([
      {
        StackId,
        StackName: 'App',
        StackStatus: 'CREATE_COMPLETE',
        Parameters: [
          { ParameterKey: 'Tag', ParameterValue: 'v1' },
          { ParameterKey: 'Size', ParameterValue: 'small' },
        ],
      },
    ]);
    expect(aws.history()).toEqual(['absent > CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS > CREATE_COMPLETE']);
  });

  test('nested stacks - stacks of their own, named after their parent, one after what it needs', async () => {
    open();
    const { StackId } = await aws.create();
    await aws.pass(15);
    const { StackResourceSummaries } = await aws.call('ListStackResources');
    const nested = StackResourceSummaries.find(
      ({ LogicalResourceId }: { LogicalResourceId: string }) => LogicalResourceId === 'DatabaseStack',
    );
    expect(nested.PhysicalResourceId).toMatch(
      /^arn:aws:cloudformation:eu-central-1:123456789012:stack\/App-DatabaseStack-[0-9A-Z]{12}\/[0-9a-f-]{36}$/,
    );
    const { Stacks } = await aws.call('DescribeStacks', { StackName: nested.PhysicalResourceId });
    expect(Stacks[0]).toMatchObject({ StackStatus: 'CREATE_COMPLETE', ParentId: StackId, RootId: StackId });
    const events = (await aws.events()).toReversed();
    expect(events[0]).toBe('App CREATE_IN_PROGRESS: User Initiated');
    expect(events.indexOf('NetworkStack CREATE_COMPLETE')).toBeLessThan(events.indexOf('Cache CREATE_IN_PROGRESS'));
    expect((await aws.call('GetTemplate', { StackName: nested.PhysicalResourceId })).TemplateBody).toContain(
      'DBCluster',
    );
  });

  test('a resource of a nested stack fails - rolled back, each level with the words of AWS', async () => {
    open({ faults: [{ stack: 'create', fails: 'DatabaseStack/Cluster', reason: 'no capacity' }] });
    await aws.create();
    await aws.pass(40);
    expect(await aws.status()).toBe('ROLLBACK_COMPLETE');
    const events = await aws.events();
    expect(events).toContain(
      'App ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [DatabaseStack, Cache]. Rollback requested by user.',
    );
    expect(events).toContain('Cache CREATE_FAILED: Resource creation cancelled');
    const outer = events.find((text) => text.startsWith('DatabaseStack CREATE_FAILED')) ?? '';
    const [, nested = ''] =
      outer.match(
        /Embedded stack (\S+) was not successfully created: The following resource\(s\) failed to create: \[Cluster\]\.$/,
      ) ?? [];
    expect(await aws.events(nested)).toContainEqual(
      expect.stringMatching(
        /^Cluster CREATE_FAILED: Resource handler returned message: "no capacity" \(RequestToken: /,
      ),
    );
    expect(await aws.status(nested)).toBe('DELETE_COMPLETE');
    expect(aws.lost()).toEqual([]);
  });

  test('it takes longer than TimeoutInMinutes - rolled back, saying so', async () => {
    open({ stacks: { app: { create: ['2h', '2h'] } } });
    await aws.create({ TimeoutInMinutes: 30 });
    await aws.pass(31);
    expect(await aws.status()).toBe('ROLLBACK_IN_PROGRESS');
    expect((await aws.events()).join()).toContain(
      'Stack creation time exceeded the specified timeout. Rollback requested by user.',
    );
    await aws.pass(120);
    expect(await aws.status()).toBe('ROLLBACK_COMPLETE');
  });

  test('rollback is not wanted - left as it failed', async () => {
    open({ faults: [{ stack: 'create', fails: 'Service' }] });
    await aws.create({ OnFailure: 'DO_NOTHING' });
    await aws.pass(30);
    expect(await aws.status()).toBe('CREATE_FAILED');
  });

  test('deleted before it is complete - gone, and nothing of the creation goes on', async () => {
    open();
    await aws.create();
    await aws.pass(5);
    await aws.call('DeleteStack');
    await aws.pass(60);
    expect(aws.history()).toEqual([
      'absent > CREATE_IN_PROGRESS',
      'CREATE_IN_PROGRESS > DELETE_IN_PROGRESS',
      'DELETE_IN_PROGRESS > absent',
    ]);
    expect(aws.lost()).toEqual([]);
  });

  test.each([
    ['it is there already', { ...up }, {}, 'AlreadyExistsException', 'Stack [App] already exists'],
    ['it is rolled back', { stacks: { app: { state: 'ROLLBACK_COMPLETE' } } }, {}, 'AlreadyExistsException', 'exists'],
    ['a parameter is missing', {}, { Parameters: [] }, 'ValidationError', 'Parameters: [Tag] must have values'],
    [
      'a parameter is unknown',
      {},
      { Parameters: [{ ParameterKey: 'Colour', ParameterValue: 'red' }] },
      'ValidationError',
      'Parameters: [Colour] do not exist in the template',
    ],
  ])('%s - refused', async (_, scenario, input, name, message) => {
    open(scenario);
    await expect(aws.create(input)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  test('the same token again - the same stack; for something else - an error', async () => {
    open();
    const token = { ClientRequestToken: 'one' };
    expect(await aws.create(token)).toEqual(await aws.create(token));
    await expect(aws.call('DeleteStack', token)).rejects.toMatchObject({ name: 'TokenAlreadyExistsException' });
    await expect(aws.create({ ClientRequestToken: 'two' })).rejects.toMatchObject({ name: 'AlreadyExistsException' });
  });

  test('a scenario that names no resource of the template - ends the rehearsal, saying so', async () => {
    open({ faults: [{ stack: 'create', fails: 'DatabaseStack/Nothing' }] });
    await aws.create();
    await expect(aws.pass(1)).rejects.toThrow('the template of app has no DatabaseStack/Nothing');
  });
});

describe('an update', () => {
  test('another image - what refers to it is updated, then cleaned up', async () => {
    open(up);
    await aws.call('UpdateStack', tag('v2'));
    await aws.pass(10);
    expect((await aws.call('DescribeStacks')).Stacks[0]).toMatchObject({
      StackStatus: 'UPDATE_COMPLETE',
      Parameters: expect.arrayContaining([{ ParameterKey: 'Tag', ParameterValue: 'v2' }]),
    });
    const events = await aws.events();
    expect(events).toContain('Service UPDATE_COMPLETE');
    expect(events.join()).not.toContain('Cache UPDATE');
    expect(aws.history().slice(-3)).toEqual([
      'CREATE_COMPLETE > UPDATE_IN_PROGRESS',
      'UPDATE_IN_PROGRESS > UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS > UPDATE_COMPLETE',
    ]);
  });

  test('nothing else than before - refused in the words of AWS', async () => {
    open(up);
    await aws.call('UpdateStack', tag('v2'));
    await aws.pass(10);
    const previous = { Parameters: [{ ParameterKey: 'Tag', UsePreviousValue: true }] };
    for (const same of [tag('v2'), previous])
      await expect(aws.call('UpdateStack', same)).rejects.toMatchObject({
        name: 'ValidationError',
        message: 'No updates are to be performed.',
      });
  });

  test('a nested resource fails - rolled back to the parameters from before', async () => {
    open({ ...up, faults: [{ stack: 'update', fails: 'DatabaseStack/Instance', reason: 'no' }] });
    await aws.call('UpdateStack', tag('v2'));
    await aws.pass(20);
    expect((await aws.call('DescribeStacks')).Stacks[0]).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
      Parameters: [],
    });
    expect(await aws.events()).toContainEqual(
      expect.stringMatching(
        /^DatabaseStack UPDATE_FAILED: Embedded stack \S+ was not successfully updated\. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: The following resource\(s\) failed to update: \[Instance\]\.$/,
      ),
    );
  });

  test('somebody updates it - in progress for as long as it takes them, and not to be deleted meanwhile', async () => {
    open(up);
    expect(aws.cloudformation.deploy('app', 20 * 60_000)).toBe(true);
    await aws.pass(19);
    await expect(aws.call('DeleteStack')).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(/^Stack \[arn:.*\] cannot be deleted while in status UPDATE_IN_PROGRESS$/),
    });
    await expect(aws.call('UpdateStack', tag('v2'))).rejects.toThrow(
      /^Stack:arn:.* is in UPDATE_IN_PROGRESS state and can not be updated\.$/,
    );
    await aws.pass(3);
    expect(await aws.status()).toBe('UPDATE_COMPLETE');
  });
});

describe('a deletion', () => {
  test('all of it goes - known by its id alone; what holds data is noted, unless it is copied or kept', async () => {
    open(up);
    const { StackId } = (await aws.call('DescribeStacks')).Stacks[0];
    await aws.call('DeleteStack', { StackName: StackId });
    await aws.pass(15);
    expect(await aws.status(StackId)).toBe('DELETE_COMPLETE');
    await expect(aws.status()).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id App does not exist',
    });
    expect(await aws.events(StackId)).toContain('Files DELETE_SKIPPED');
    expect(aws.lost()).toEqual(['Cache']);
    expect(aws.history().at(-1)).toBe('DELETE_IN_PROGRESS > absent');
  });

  test('it was gone before, or never there - no error', async () => {
    open();
    await expect(aws.call('DeleteStack')).resolves.toEqual({});
  });

  test('a nested resource holds it - the levels name it, and what it was made on stays; the next one deletes the rest', async () => {
    open({ ...up, faults: [{ stack: 'delete', fails: 'NetworkStack/Subnet', reason: 'in use', times: 1 }] });
    await aws.call('DeleteStack', { ClientRequestToken: 'one' });
    await aws.pass(15);
    expect((await aws.call('DescribeStacks')).Stacks[0]).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'The following resource(s) failed to delete: [NetworkStack].',
    });
    const outer = (await aws.events()).find((text) => text.startsWith('NetworkStack DELETE_FAILED')) ?? '';
    const nested = outer.match(/Embedded stack (\S+) was not successfully deleted: .*\[Subnet\]\.$/)?.[1];
    expect((await aws.events(nested)).join()).toContain(
      'Subnet DELETE_FAILED: Resource handler returned message: "in use"',
    );
    expect((await aws.events(nested)).join()).not.toContain('Vpc DELETE');
    await aws.call('DeleteStack', { ClientRequestToken: 'two' });
    await aws.pass(15);
    expect(aws.history().at(-1)).toBe('DELETE_IN_PROGRESS > absent');
  });

  test('the same token again after it failed - the request of before, so nothing happens', async () => {
    open({ ...up, faults: [{ stack: 'delete', fails: 'Cache', times: 1 }] });
    await aws.call('DeleteStack', { ClientRequestToken: 'one' });
    await aws.pass(15);
    await aws.call('DeleteStack', { ClientRequestToken: 'one' });
    await aws.pass(15);
    expect(await aws.status()).toBe('DELETE_FAILED');
  });
});

describe('what was there before', () => {
  test('the states - are those of the SDK', () => {
    expect([...STACK_STATUSES].sort()).toEqual(Object.values(StackStatus).sort());
  });

  test.each(STACK_STATUSES.filter((status) => status !== 'DELETE_COMPLETE'))(
    '%s - described, ends by itself where it is in progress, and can be deleted then',
    async (state) => {
      open({ stacks: { app: { state, lasts: '30m' } } });
      const { StackId } = (await aws.call('DescribeStacks')).Stacks[0];
      expect(await aws.status()).toBe(state);
      await aws.pass(29);
      expect(await aws.status()).toBe(state);
      await aws.pass(2);
      const after = await aws.status(StackId);
      expect(after).toMatch(state === 'REVIEW_IN_PROGRESS' ? state : /_(COMPLETE|FAILED)$/);
      // What has been undeletable for months has no events any more.
      if (state === 'DELETE_FAILED') expect(await aws.events()).toEqual([]);
      else if (state.endsWith('_FAILED'))
        expect((await aws.events()).join()).toMatch(/NetworkStack (CREATE|UPDATE|DELETE)_FAILED: Embedded stack/);
      await aws.call('DeleteStack', { StackName: StackId });
      await aws.pass(20);
      expect(await aws.status(StackId)).toBe('DELETE_COMPLETE');
      await expect(aws.status()).rejects.toThrow('does not exist');
    },
  );

  test('many resources and events - come in pages', async () => {
    open();
    await aws.create();
    await aws.pass(15);
    for (let version = 2; version < 16; version++) {
      await aws.call('UpdateStack', tag(`v${version}`));
      await aws.pass(10);
    }
    const { StackEvents: first, NextToken } = await aws.call('DescribeStackEvents');
    expect(first).toHaveLength(100);
    const times = first.map(({ Timestamp }: { Timestamp: Date }) => Timestamp.getTime());
    expect(times).toEqual(times.toSorted((a: number, b: number) => b - a));
    expect((await aws.call('DescribeStackEvents', { NextToken })).StackEvents.length).toBeGreaterThan(0);
  });
});

test('health - nobody answers while it is down, then it boots for two to four minutes', async () => {
  open({ stacks: { app: { create: ['10m', '10m'] } } });
  expect(aws.cloudformation.answers('App')).toBe('no');
  await aws.create();
  await aws.pass(10.5);
  expect(aws.cloudformation.answers('App')).toBe('booting');
  await aws.pass(4);
  expect(aws.cloudformation.answers('App')).toBe('yes');
});

test('the errors of an integration - modelled ones by their names, all others as the service’s own', () => {
  const seen = (name: string, service = 'cloudformation') =>
    integrationError(service, Object.assign(new Error('no'), { name })).name;
  expect(seen('AlreadyExistsException')).toBe('CloudFormation.AlreadyExistsException');
  expect(seen('ValidationError')).toBe('CloudFormation.CloudFormationException');
  expect(seen('AccessDenied')).toBe('CloudFormation.CloudFormationException');
  expect(seen('RepositoryNotFoundException', 'ecr')).toBe('Ecr.RepositoryNotFoundException');
});

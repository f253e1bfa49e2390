import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { STACK_ID as ROOT } from '../../shared/builders.ts';
import { startCloudFormation } from '../../shared/cloudformation.ts';

const aws = await startCloudFormation();
const { failuresOf, heldBy } = await import('../../../functions/check-stack/failures.ts');

afterAll(() => aws.stop());
beforeEach(() => {
  aws.asked.length = 0;
});

const STACK = 'AWS::CloudFormation::Stack';
const CLUSTER = 'AWS::DocDB::DBCluster';
const NESTED = `${ROOT}-DatabaseStack`;
const INNER = `${NESTED}-Inner`;

/** One event: `logical id, its type, status, reason, physical id`, so many minutes after the hour. */
type Told = [minute: number, id: string, type: string, status: string, reason?: string, physicalId?: string];

function events(told: Told[]): StackEvent[] {
  return told.toReversed().map(([minute, id, type, status, reason, physicalId]) => ({
    EventId: `${id}-${status}-${minute}`,
    StackId: 'x',
    StackName: 'x',
    LogicalResourceId: id,
    ResourceType: type,
    ResourceStatus: status as StackEvent['ResourceStatus'],
    ...(reason && { ResourceStatusReason: reason }),
    ...(physicalId && { PhysicalResourceId: physicalId }),
    Timestamp: new Date(Date.UTC(2026, 10, 2, 0, minute)),
  }));
}

/** CloudFormation that has told these events of each stack, two on a page, newest first. */
function tells(stacks: Record<string, Told[]>, left: Record<string, object[]> = {}) {
  aws.answers['DescribeStackEvents'] = ({ StackName = '', NextToken = '0' }) => {
    const from = Number(NextToken);
    const all = events(stacks[StackName] ?? []);
    const page = all.slice(from, from + 2).map(({ Timestamp, ...event }) => ({
      ...(event as Record<string, string>),
      Timestamp: Timestamp?.toISOString(),
    }));
    return { StackEvents: page, NextToken: from + 2 < all.length ? String(from + 2) : undefined };
  };
  aws.answers['ListStackResources'] = ({ StackName = '' }) => ({
    StackResourceSummaries: (left[StackName] ?? []) as Record<string, string>[],
  });
}

const began = (minute = 0, id = ROOT): Told => [minute, 'Root', STACK, 'CREATE_IN_PROGRESS', 'User Initiated', id];

describe('failuresOf', () => {
  test('two resources failed - both, the first to fail first, on whatever page', async () => {
    tells({
      [ROOT]: [
        began(),
        [1, 'Cluster', CLUSTER, 'CREATE_IN_PROGRESS'],
        [2, 'Alb', 'AWS::X::Alb', 'CREATE_FAILED', 'limit reached'],
        [3, 'Cluster', CLUSTER, 'CREATE_FAILED', 'no capacity'],
        [4, 'Root', STACK, 'ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [Alb].', ROOT],
        [5, 'Root', STACK, 'ROLLBACK_COMPLETE', undefined, ROOT],
      ],
    });
    expect(await failuresOf(ROOT)).toEqual([
      'Alb (AWS::X::Alb): limit reached',
      'Cluster (AWS::DocDB::DBCluster): no capacity',
    ]);
  });

  test('what CloudFormation cancelled because of it, and the stack’s own failure - are not told', async () => {
    tells({
      [ROOT]: [
        began(),
        [1, 'Alb', 'AWS::X::Alb', 'CREATE_FAILED', 'limit reached'],
        [1, 'Queue', 'AWS::SQS::Queue', 'CREATE_FAILED', 'Resource creation cancelled'],
        [1, 'Topic', 'AWS::SNS::Topic', 'CREATE_FAILED', 'Resource creation canceled'],
        [1, 'Role', 'AWS::IAM::Role', 'UPDATE_FAILED', 'Rollback requested by user.'],
        [2, 'Root', STACK, 'CREATE_FAILED', 'The following resource(s) failed to create: [Alb].', ROOT],
      ],
    });
    expect(await failuresOf(ROOT)).toEqual(['Alb (AWS::X::Alb): limit reached']);
  });

  test('a failure of an earlier operation - is over', async () => {
    tells({
      [ROOT]: [
        began(),
        [1, 'Alb', 'AWS::X::Alb', 'CREATE_FAILED', 'limit reached'],
        [2, 'Root', STACK, 'DELETE_IN_PROGRESS', 'User Initiated', ROOT],
        [3, 'Bucket', 'AWS::S3::Bucket', 'DELETE_FAILED', 'not empty'],
      ],
    });
    expect(await failuresOf(ROOT)).toEqual(['Bucket (AWS::S3::Bucket): not empty']);
  });

  test('earlier operations of hundreds of events - their pages are not asked for', async () => {
    const old = Array.from({ length: 200 }, (_, n): Told => [0, `Old${n}`, 'AWS::X', 'CREATE_COMPLETE']);
    tells({ [ROOT]: [...old, began(1), [2, 'Alb', 'AWS::X::Alb', 'CREATE_FAILED', 'limit']] });
    expect(await failuresOf(ROOT)).toEqual(['Alb (AWS::X::Alb): limit']);
    expect(aws.asked).toHaveLength(1);
  });

  test('no reason - says so', async () => {
    tells({ [ROOT]: [began(), [1, 'Alb', 'AWS::X::Alb', 'CREATE_FAILED']] });
    expect(await failuresOf(ROOT)).toEqual(['Alb (AWS::X::Alb): no reason given']);
  });

  test('the same told twice - once', async () => {
    tells({
      [ROOT]: [
        began(),
        [1, 'Alb', 'AWS::X::Alb', 'CREATE_FAILED', 'limit'],
        [2, 'Alb', 'AWS::X::Alb', 'CREATE_FAILED', 'limit'],
      ],
    });
    expect(await failuresOf(ROOT)).toHaveLength(1);
  });

  test('nothing failed - nothing', async () => {
    tells({ [ROOT]: [began()] });
    expect(await failuresOf(ROOT)).toEqual([]);
  });
});

describe('failuresOf, nested stacks', () => {
  const failed: Told = [
    3,
    'DatabaseStack',
    STACK,
    'CREATE_FAILED',
    'Embedded stack was not successfully created',
    NESTED,
  ];

  test('two levels down - the inner resource alone, by its path', async () => {
    tells({
      [ROOT]: [began(), failed],
      [NESTED]: [
        began(1, NESTED),
        [2, 'Inner', STACK, 'CREATE_FAILED', 'Embedded stack was not successfully created', INNER],
        [3, 'Root', STACK, 'CREATE_FAILED', 'The following resource(s) failed to create: [Inner].', NESTED],
      ],
      [INNER]: [began(1, INNER), [2, 'Cluster', CLUSTER, 'CREATE_FAILED', 'no capacity']],
    });
    expect(await failuresOf(ROOT)).toEqual(['DatabaseStack/Inner/Cluster (AWS::DocDB::DBCluster): no capacity']);
  });

  test('deleted by the rollback around it - what failed before that is told all the same', async () => {
    tells({
      [ROOT]: [
        began(),
        failed,
        [4, 'Root', STACK, 'ROLLBACK_IN_PROGRESS', 'failed to create', ROOT],
        [4, 'DatabaseStack', STACK, 'DELETE_IN_PROGRESS', undefined, NESTED],
        [6, 'DatabaseStack', STACK, 'DELETE_COMPLETE', undefined, NESTED],
        [7, 'Root', STACK, 'ROLLBACK_COMPLETE', undefined, ROOT],
      ],
      [NESTED]: [
        began(1, NESTED),
        [2, 'Cluster', CLUSTER, 'CREATE_FAILED', 'no capacity'],
        [3, 'Root', STACK, 'CREATE_FAILED', 'failed to create', NESTED],
        [4, 'Root', STACK, 'DELETE_IN_PROGRESS', 'User Initiated', NESTED],
        [5, 'Root', STACK, 'DELETE_COMPLETE', undefined, NESTED],
      ],
    });
    expect(await failuresOf(ROOT)).toEqual(['DatabaseStack/Cluster (AWS::DocDB::DBCluster): no capacity']);
  });

  test('failed in an update long ago - only what failed since this operation began', async () => {
    tells({
      [ROOT]: [
        [9, 'Root', STACK, 'DELETE_IN_PROGRESS', 'User Initiated', ROOT],
        [12, 'DatabaseStack', STACK, 'DELETE_FAILED', 'Embedded stack was not successfully deleted', NESTED],
      ],
      [NESTED]: [
        [2, 'Cluster', CLUSTER, 'UPDATE_FAILED', 'no such class'],
        [10, 'Root', STACK, 'DELETE_IN_PROGRESS', 'User Initiated', NESTED],
        [11, 'Bucket', 'AWS::S3::Bucket', 'DELETE_FAILED', 'not empty'],
      ],
    });
    expect(await failuresOf(ROOT)).toEqual(['DatabaseStack/Bucket (AWS::S3::Bucket): not empty']);
  });

  test('it failed as a whole, such as for its template - itself, with the reason', async () => {
    tells({ [ROOT]: [began(), failed], [NESTED]: [] });
    expect(await failuresOf(ROOT)).toEqual([`DatabaseStack (${STACK}): Embedded stack was not successfully created`]);
  });

  test('it never came to have an id - itself', async () => {
    tells({ [ROOT]: [began(), [1, 'DatabaseStack', STACK, 'CREATE_FAILED', 'S3 error: Access Denied']] });
    expect(await failuresOf(ROOT)).toEqual([`DatabaseStack (${STACK}): S3 error: Access Denied`]);
  });
});

describe('heldBy', () => {
  const left = {
    LogicalResourceId: 'Bucket',
    ResourceType: 'AWS::S3::Bucket',
    ResourceStatus: 'DELETE_FAILED',
    LastUpdatedTimestamp: '2026-11-02T00:00:05Z',
  };

  test('the events say it - with AWS’s reasons', async () => {
    tells({ [ROOT]: [began(), [1, 'Bucket', 'AWS::S3::Bucket', 'DELETE_FAILED', 'not empty']] }, { [ROOT]: [left] });
    expect(await heldBy(ROOT)).toEqual(['Bucket (AWS::S3::Bucket): not empty']);
  });

  test('the events say nothing - the resources that are left and failed', async () => {
    tells(
      { [ROOT]: [began()] },
      { [ROOT]: [left, { ...left, LogicalResourceId: 'Vpc', ResourceStatus: 'CREATE_COMPLETE' }] },
    );
    expect(await heldBy(ROOT)).toEqual(['Bucket (AWS::S3::Bucket): DELETE_FAILED']);
  });
});

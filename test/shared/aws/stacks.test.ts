import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { STACK_ID } from '../builders.ts';
import { Refusal, startCloudFormation, unknownStack } from '../cloudformation.ts';

const aws = await startCloudFormation();
const { describeStack, stackResources, templateOf } = await import('../../../shared/aws/stacks.ts');

afterAll(() => aws.stop());
beforeEach(() => {
  aws.asked.length = 0;
});

const stack = (facts: object = {}) => ({
  Stacks: [
    {
      StackId: STACK_ID,
      StackName: 'ChatAppMasterStack',
      CreationTime: '2026-11-02T00:00:05Z',
      StackStatus: 'CREATE_COMPLETE',
      ...facts,
    },
  ],
});

const CREATED = Date.parse('2026-11-02T00:00:05Z');

describe('describeStack', () => {
  test('a stack - its id, status, reason and parameters', async () => {
    aws.answers['DescribeStacks'] = () =>
      stack({
        StackStatus: 'ROLLBACK_COMPLETE',
        StackStatusReason: 'The following resource(s) failed to create: [Cluster].',
        Parameters: [
          { ParameterKey: 'ApiTag', ParameterValue: '2026-11-01' },
          { ParameterKey: 'Empty', ParameterValue: '' },
        ],
      });
    expect(await describeStack('ChatAppMasterStack')).toEqual({
      id: STACK_ID,
      status: 'ROLLBACK_COMPLETE',
      createdAt: CREATED,
      reason: 'The following resource(s) failed to create: [Cluster].',
      parameters: { ApiTag: '2026-11-01', Empty: '' },
    });
    expect(aws.asked).toEqual(['DescribeStacks StackName=ChatAppMasterStack']);
  });

  test('a stack without parameters and reason - none', async () => {
    aws.answers['DescribeStacks'] = () => stack();
    expect(await describeStack('x')).toEqual({
      id: STACK_ID,
      status: 'CREATE_COMPLETE',
      createdAt: CREATED,
      parameters: {},
    });
  });

  test('a name that CloudFormation does not know - undefined', async () => {
    aws.answers['DescribeStacks'] = unknownStack;
    expect(await describeStack('ChatAppMasterStack')).toBeUndefined();
  });

  test('by its id after its deletion - undefined too', async () => {
    aws.answers['DescribeStacks'] = () => stack({ StackStatus: 'DELETE_COMPLETE' });
    expect(await describeStack(STACK_ID)).toBeUndefined();
  });

  test.each([
    ['another ValidationError', new Refusal('ValidationError', '1 validation error detected')],
    ['no right to look', new Refusal('AccessDenied', 'is not authorized; it does not exist for you')],
    ['throttled', new Refusal('Throttling', 'Rate exceeded')],
  ])('%s - the error gets through: it is not known to be absent', async (_, refusal) => {
    aws.answers['DescribeStacks'] = () => refusal;
    await expect(describeStack('x')).rejects.toMatchObject({ message: refusal.message });
  });
});

describe('stackResources', () => {
  const resource = (LogicalResourceId: string, ResourceStatus: string, rest: object = {}) => ({
    LogicalResourceId,
    ResourceType: 'AWS::S3::Bucket',
    ResourceStatus,
    LastUpdatedTimestamp: '2026-11-02T00:00:05Z',
    ...rest,
  });

  test('two pages - all of them, but those that are deleted', async () => {
    aws.answers['ListStackResources'] = ({ NextToken }) =>
      NextToken
        ? { StackResourceSummaries: [resource('Second', 'DELETE_FAILED')] }
        : {
            StackResourceSummaries: [
              resource('First', 'CREATE_COMPLETE', { PhysicalResourceId: 'bucket' }),
              resource('Gone', 'DELETE_COMPLETE'),
            ],
            NextToken: 'more',
          };
    expect(await stackResources(STACK_ID)).toEqual([
      { logicalId: 'First', type: 'AWS::S3::Bucket', status: 'CREATE_COMPLETE', physicalId: 'bucket' },
      { logicalId: 'Second', type: 'AWS::S3::Bucket', status: 'DELETE_FAILED' },
    ]);
    expect(aws.asked).toHaveLength(2);
  });
});

describe('templateOf', () => {
  test('a stack - the template as it is in force, transformations done', async () => {
    aws.answers['GetTemplate'] = () => ({ TemplateBody: 'Resources: {}' });
    expect(await templateOf(STACK_ID)).toBe('Resources: {}');
    expect(aws.asked).toEqual([`GetTemplate StackName=${STACK_ID} TemplateStage=Processed`]);
  });
});

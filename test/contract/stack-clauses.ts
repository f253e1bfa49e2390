import assert from 'node:assert/strict';
import type { Answer, Aws, Clause } from './clauses.ts';

const USER_GUIDE = 'CloudFormation user guide';
const API = 'CloudFormation API reference';

const refuses = (name: string, message?: RegExp) => (error: Error) => {
  assert.equal(error.name, name);
  if (message) assert.match(error.message, message);
  return true;
};
const call = (aws: Aws, operation: string, StackName: string, input: object = {}): Promise<Answer> =>
  aws.call('cloudformation', operation, { StackName, ...input });
const tagged = (value: string) => ({ Parameters: [{ ParameterKey: 'Tag', ParameterValue: value }] });
const status = async (aws: Aws, name: string) => (await call(aws, 'DescribeStacks', name)).Stacks[0].StackStatus;

/** A stack that is up, by its id. */
async function created(aws: Aws, name: string): Promise<string> {
  const { StackId } = await call(aws, 'CreateStack', name, { TemplateURL: aws.templateUrl, ...tagged('v1') });
  await aws.until(`${name} up`, async () => (await status(aws, name)) === 'CREATE_COMPLETE');
  return StackId;
}

async function nestedOf(aws: Aws, name: string): Promise<string> {
  const { StackResourceSummaries } = await call(aws, 'ListStackResources', name);
  const found = StackResourceSummaries.find((one: Answer) => one.LogicalResourceId === 'QueueStack');
  assert.equal(found?.ResourceType, 'AWS::CloudFormation::Stack');
  return found.PhysicalResourceId;
}

export const STACK_CLAUSES: Clause[] = [
  {
    says: 'CloudFormation: a stack that does not exist is a ValidationError that says so',
    source: `${API}, DescribeStacks`,
    holds: async (aws) => {
      await assert.rejects(
        call(aws, 'DescribeStacks', 'never'),
        refuses('ValidationError', /^Stack with id never does not exist$/),
      );
    },
  },
  {
    says: 'CloudFormation: a nested stack is a stack of its own, named after its parent',
    source: `${USER_GUIDE}, Split a template into reusable pieces using nested stacks; ${API}, Stack`,
    holds: async (aws) => {
      const id = await created(aws, 'nesting');
      const nested = await nestedOf(aws, 'nesting');
      assert.match(nested, /^arn:aws:cloudformation:[\w-]+:\d+:stack\/nesting-QueueStack-[^/]+\/[^/]+$/);
      const { Stacks } = await call(aws, 'DescribeStacks', nested);
      assert.equal(Stacks[0].StackStatus, 'CREATE_COMPLETE');
      assert.match((await call(aws, 'GetTemplate', nested)).TemplateBody, /AWS::SQS::Queue/);
      assert.match(id, /:stack\/nesting\//);
    },
  },
  {
    says: 'CloudFormation: a nested stack names its parent and its root',
    source: `${API}, Stack, ParentId and RootId`,
    holds: async (aws) => {
      const id = await created(aws, 'parents');
      const { Stacks } = await call(aws, 'DescribeStacks', await nestedOf(aws, 'parents'));
      assert.deepEqual([Stacks[0].ParentId, Stacks[0].RootId], [id, id]);
    },
  },
  {
    says: 'CloudFormation: events are newest first, and the first of an operation is of the stack itself',
    source: `${API}, DescribeStackEvents`,
    holds: async (aws) => {
      const id = await created(aws, 'events');
      const { StackEvents } = await call(aws, 'DescribeStackEvents', 'events');
      const told = StackEvents.map((event: Answer) => `${event.LogicalResourceId} ${event.ResourceStatus}`);
      assert.equal(told[0], 'events CREATE_COMPLETE');
      assert.equal(told.at(-1), 'events CREATE_IN_PROGRESS');
      assert.equal(StackEvents.at(-1).PhysicalResourceId, id);
      assert.ok(told.indexOf('QueueStack CREATE_COMPLETE') < told.indexOf('QueueStack CREATE_IN_PROGRESS'));
      const times = StackEvents.map((event: Answer) => event.Timestamp.getTime());
      assert.deepEqual(
        times,
        [...times].sort((a, b) => b - a),
      );
    },
  },
  {
    says: 'CloudFormation: a name that is taken is AlreadyExistsException',
    source: `${API}, CreateStack, Errors`,
    holds: async (aws) => {
      await created(aws, 'taken');
      await assert.rejects(
        call(aws, 'CreateStack', 'taken', { TemplateURL: aws.templateUrl, ...tagged('v1') }),
        refuses('AlreadyExistsException', /already exists/),
      );
    },
  },
  {
    says: 'CloudFormation: a creation that is asked for again with its token is the same stack',
    source: `${API}, CreateStack, ClientRequestToken`,
    holds: async (aws) => {
      const input = { TemplateURL: aws.templateUrl, ...tagged('v1'), ClientRequestToken: 'contract-1' };
      const first = await call(aws, 'CreateStack', 'token', input);
      assert.equal((await call(aws, 'CreateStack', 'token', input)).StackId, first.StackId);
    },
  },
  {
    says: 'CloudFormation: a parameter without a value and a default is a ValidationError',
    source: `${USER_GUIDE}, CloudFormation template Parameters syntax`,
    holds: async (aws) => {
      await assert.rejects(
        call(aws, 'CreateStack', 'valueless', { TemplateURL: aws.templateUrl }),
        refuses('ValidationError'),
      );
    },
  },
  {
    says: 'CloudFormation: an update that changes nothing is a ValidationError that says so',
    source: `${USER_GUIDE}, Troubleshooting CloudFormation, "No updates to perform"`,
    holds: async (aws) => {
      await created(aws, 'same');
      await assert.rejects(
        call(aws, 'UpdateStack', 'same', {
          TemplateURL: aws.templateUrl,
          Parameters: [{ ParameterKey: 'Tag', UsePreviousValue: true }],
        }),
        refuses('ValidationError', /^No updates are to be performed\.$/),
      );
    },
  },
  {
    says: 'CloudFormation: an update with another parameter ends in UPDATE_COMPLETE, with that parameter',
    source: `${API}, UpdateStack; ${USER_GUIDE}, Stack status codes`,
    holds: async (aws) => {
      await created(aws, 'updated');
      await call(aws, 'UpdateStack', 'updated', { TemplateURL: aws.templateUrl, ...tagged('v2') });
      await aws.until('updated', async () => (await status(aws, 'updated')) === 'UPDATE_COMPLETE');
      const { Stacks } = await call(aws, 'DescribeStacks', 'updated');
      assert.deepEqual(
        Stacks[0].Parameters.map((one: Answer) => [one.ParameterKey, one.ParameterValue]),
        [['Tag', 'v2']],
      );
    },
  },
  {
    says: 'CloudFormation: a deleted stack is known by its id alone, its nested stack too, and deleting again is no error',
    source: `${API}, DeleteStack and DescribeStacks`,
    holds: async (aws) => {
      const id = await created(aws, 'deleted');
      const nested = await nestedOf(aws, 'deleted');
      await call(aws, 'DeleteStack', id);
      await aws.until('deleted', async () => (await status(aws, id)) === 'DELETE_COMPLETE');
      assert.equal(await status(aws, nested), 'DELETE_COMPLETE');
      await assert.rejects(call(aws, 'DescribeStacks', 'deleted'), refuses('ValidationError', /does not exist/));
      await call(aws, 'DeleteStack', 'deleted');
      await call(aws, 'DeleteStack', id);
    },
  },
  {
    says: 'ECR: a repository that does not exist is RepositoryNotFoundException',
    source: 'ECR API reference, DescribeImages, Errors',
    holds: async (aws) => {
      await assert.rejects(
        aws.call('ecr', 'DescribeImages', { repositoryName: 'never' }),
        refuses('RepositoryNotFoundException'),
      );
    },
  },
  {
    says: 'ECR: images have their tags and the time at which they were pushed',
    source: 'ECR API reference, ImageDetail',
    holds: async (aws) => {
      const { imageDetails } = await aws.call('ecr', 'DescribeImages', {
        repositoryName: aws.repository,
        filter: { tagStatus: 'TAGGED' },
      });
      const tags = imageDetails.flatMap((image: Answer) => image.imageTags);
      assert.deepEqual(tags.sort(), ['v1', 'v2', 'v3']);
      for (const { imagePushedAt } of imageDetails) assert.ok(imagePushedAt instanceof Date);
    },
  },
  {
    says: 'ECR: images come in pages of as many as were asked for',
    source: 'ECR API reference, DescribeImages, maxResults and nextToken',
    holds: async (aws) => {
      const ask = { repositoryName: aws.repository, maxResults: 2 };
      const first = await aws.call('ecr', 'DescribeImages', ask);
      assert.equal(first.imageDetails.length, 2);
      const second = await aws.call('ecr', 'DescribeImages', { ...ask, nextToken: first.nextToken });
      assert.deepEqual([second.imageDetails.length, second.nextToken ?? undefined], [1, undefined]);
    },
  },
];

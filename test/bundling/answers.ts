import type { Answer } from './stand-in.ts';

/** What each service says to the call of `calls.entry.ts`, and what the SDK should make of it. */
interface Exchange {
  call: string;
  /** Part of the request: its path, or its body. */
  asks: RegExp;
  answer: Answer;
  result: object;
  refusal: Answer;
  error: string;
}

const json = (body: object, status = 200): Answer => ({ status, body: JSON.stringify(body) });
const query = (code: string): Answer => ({
  status: 400,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});

export const EXCHANGES: Exchange[] = [
  {
    call: 'ec2',
    asks: /^Action=DescribeInstances&Version=2016-11-15&InstanceId\.1=i-1&MaxResults=5$/,
    answer: {
      body: `<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId>
        <launchTime>2026-11-21T02:00:00.000Z</launchTime><instanceState><code>16</code><name>running</name>
        </instanceState><tagSet><item><key>a&amp;b</key><value>c</value></item></tagSet></item></instancesSet></item>
        </reservationSet></DescribeInstancesResponse>`,
    },
    result: {
      Reservations: [
        {
          Instances: [
            {
              InstanceId: 'i-1',
              LaunchTime: '2026-11-21T02:00:00.000Z',
              State: { Code: 16, Name: 'running' },
              Tags: [{ Key: 'a&b', Value: 'c' }],
            },
          ],
        },
      ],
    },
    refusal: {
      status: 400,
      body: `<Response><Errors><Error><Code>InvalidInstanceID.NotFound</Code><Message>no</Message></Error></Errors>
        <RequestID>r</RequestID></Response>`,
    },
    error: 'InvalidInstanceID.NotFound',
  },
  {
    call: 'dynamodb',
    asks: /"Item":\{"pk":\{"S":"stage"\},"n":\{"N":"2"\},"on":\{"BOOL":true\},"list":\{"L":\[\{"S":"a"\}\]\}\}/,
    answer: json({ Attributes: { pk: { S: 'stage' }, n: { N: '1' }, at: { M: { ok: { BOOL: false } } } } }),
    result: { Attributes: { pk: 'stage', n: 1, at: { ok: false } } },
    refusal: json({ __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'no' }, 400),
    error: 'ConditionalCheckFailedException',
  },
  {
    call: 'sns',
    asks: /&Message=%C3%A4%20%26%20b&.+&MessageAttributes\.entry\.1\.Name=severity&MessageAttributes\.entry\.1\.Value\./,
    answer: { body: '<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>' },
    result: { MessageId: 'm' },
    // The name on the wire differs from the name in the SDK, so this one needs its schema.
    refusal: query('NotFound'),
    error: 'NotFoundException',
  },
  {
    call: 'sfn',
    asks: /^\{"executionArn":"arn:e"\}$/,
    answer: json({ executionArn: 'arn:e', status: 'RUNNING', startDate: 1795219200 }),
    result: { status: 'RUNNING', startDate: '2026-11-21T00:00:00.000Z' },
    refusal: json({ __type: 'ExecutionDoesNotExist', message: 'no' }, 400),
    error: 'ExecutionDoesNotExist',
  },
  {
    call: 'scheduler',
    asks: /^\/schedules\/stop%20i-1\?clientToken=[\w-]+&groupName=safety$/,
    answer: json({}),
    result: { $metadata: { httpStatusCode: 200 } },
    refusal: { ...json({ Message: 'no' }, 404), headers: { 'x-amzn-errortype': 'ResourceNotFoundException:http://x' } },
    error: 'ResourceNotFoundException',
  },
  {
    call: 'ssm',
    asks: /^\{"CommandId":"c","InstanceId":"i-1"\}$/,
    answer: json({ Status: 'Success', ResponseCode: 0 }),
    result: { Status: 'Success', ResponseCode: 0 },
    refusal: json({ __type: 'InvocationDoesNotExist', message: 'no' }, 400),
    error: 'InvocationDoesNotExist',
  },
  {
    call: 'ecr',
    asks: /^\{"repositoryName":"app","filter":\{"tagStatus":"TAGGED"\}\}$/,
    answer: json({ imageDetails: [{ imageTags: ['v1'], imagePushedAt: 1795219200.5 }] }),
    result: { imageDetails: [{ imageTags: ['v1'], imagePushedAt: '2026-11-21T00:00:00.500Z' }] },
    refusal: json({ __type: 'RepositoryNotFoundException', message: 'no' }, 400),
    error: 'RepositoryNotFoundException',
  },
  {
    call: 'cloudformation',
    asks: /^Action=DescribeStacks&Version=2010-05-15&StackName=chat$/,
    answer: {
      body: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>chat</StackName>
        <StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    },
    result: { Stacks: [{ StackName: 'chat', StackStatus: 'CREATE_COMPLETE' }] },
    refusal: query('ValidationError'),
    error: 'ValidationError',
  },
];

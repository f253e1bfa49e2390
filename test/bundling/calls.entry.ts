import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetCommandInvocationCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import axios from 'axios';

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** One call of each client that functions use, to be bundled as they are. */
const calls = {
  ec2: () => new EC2Client({}).send(new DescribeInstancesCommand({ InstanceIds: ['i-1'], MaxResults: 5 })),
  dynamodb: () =>
    table.send(
      new PutCommand({
        TableName: 'state',
        Item: { pk: 'stage', n: 2, on: true, list: ['a'] },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValues: 'ALL_OLD',
      }),
    ),
  sns: () =>
    new SNSClient({}).send(
      new PublishCommand({
        TopicArn: 'arn:aws:sns:eu-central-1:1:notices',
        Message: 'ä & b',
        MessageAttributes: { severity: { DataType: 'String', StringValue: 'info' } },
      }),
    ),
  sfn: () => new SFNClient({}).send(new DescribeExecutionCommand({ executionArn: 'arn:e' })),
  scheduler: () => new SchedulerClient({}).send(new DeleteScheduleCommand({ Name: 'stop i-1', GroupName: 'safety' })),
  ssm: () => new SSMClient({}).send(new GetCommandInvocationCommand({ CommandId: 'c', InstanceId: 'i-1' })),
  ecr: () =>
    new ECRClient({}).send(new DescribeImagesCommand({ repositoryName: 'app', filter: { tagStatus: 'TAGGED' } })),
  cloudformation: () => new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: 'chat' })),
  webhook: () =>
    axios
      .post(`${process.env['WEBHOOK']}/hook`, { content: 'ä' }, { timeout: 5000 })
      .then(({ status, data }) => ({ status, data }))
      .catch(({ code }) => ({ code })),
};

export const handler = ({ call }: { call: keyof typeof calls }): Promise<unknown> => calls[call]();

import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Config } from '../../deployed.ts';
import { known } from './known.ts';

/** One resource of the deployed stack. */
export interface Deployed {
  id: string;
  type: string;
  /** Its name, ARN or address. */
  name: string;
}

/** What a deployment has made. */
export function deploymentOf(config: Config) {
  const [cloudformation, dynamodb] = [new CloudFormationClient(config), new DynamoDBClient(config)];
  const [lambda, sfn] = [new LambdaClient(config), new SFNClient(config)];
  const [sns, sqs] = [new SNSClient(config), new SQSClient({ ...config, useQueueUrlAsEndpoint: false })];
  return {
    stackStatus: async (StackName: string) => {
      const asked = cloudformation.send(new DescribeStacksCommand({ StackName }));
      return (await known(asked, /does not exist/))?.Stacks?.[0]?.StackStatus;
    },

    /** One of what a stack says of itself. */
    output: async (StackName: string, name: string) => {
      const asked = cloudformation.send(new DescribeStacksCommand({ StackName }));
      const { Outputs = [] } = (await known(asked, /does not exist/))?.Stacks?.[0] ?? {};
      return Outputs.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
    },

    deployed: async (StackName: string) => {
      const resources: Deployed[] = [];
      for await (const page of paginateListStackResources({ client: cloudformation }, { StackName }))
        for (const { LogicalResourceId: id = '', ResourceType: type = '', ...rest } of page.StackResourceSummaries ??
          [])
          if (rest.ResourceStatus !== 'DELETE_COMPLETE')
            resources.push({ id, type, name: rest.PhysicalResourceId ?? '' });
      return resources;
    },

    tableStatus: async (TableName: string) => {
      const asked = dynamodb.send(new DescribeTableCommand({ TableName }));
      return (await known(asked, /^ResourceNotFound/))?.Table?.TableStatus;
    },

    machineStatus: async (stateMachineArn: string) => {
      const asked = sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
      return (await known(asked, /^StateMachineDoesNotExist/))?.status;
    },

    /** How a function is, and how its last update went: `Active`, `Failed`. */
    functionState: async (FunctionName: string) => {
      const asked = lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const found = await known(asked, /^ResourceNotFound/);
      return found && (found.LastUpdateStatus === 'Failed' ? 'Failed' : (found.State ?? 'Active'));
    },

    /** How many messages lie in a queue. */
    messages: async (QueueUrl: string) => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const];
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      return Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0);
    },

    /** Who hears a topic, and whether they have confirmed it; undefined when there is no such topic. */
    subscribers: async (TopicArn: string) => {
      const subscribers: { endpoint: string; isConfirmed: boolean }[] = [];
      const asking = async () => {
        for await (const page of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn }))
          for (const { Endpoint: endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? [])
            subscribers.push({ endpoint, isConfirmed: SubscriptionArn.startsWith('arn:') });
        return subscribers;
      };
      return known(asking(), /^NotFound/);
    },
  };
}

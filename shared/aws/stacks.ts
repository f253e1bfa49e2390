import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';

const cloudformation = new CloudFormationClient({});

/** A stack as CloudFormation describes it. */
export interface StackFacts {
  id: string;
  status: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** CloudFormation's own words for the status. */
  reason?: string;
  parameters: Record<string, string>;
}

/** A resource of a stack that is there. */
export interface StackResource {
  logicalId: string;
  type: string;
  status: string;
  /** Of a nested stack its id. */
  physicalId?: string;
}

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/**
 * A stack by its name, or by its id, by which CloudFormation knows it after its deletion too.
 *
 * @returns undefined when there is none
 */
export async function describeStack(nameOrId: string): Promise<StackFacts | undefined> {
  try {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: nameOrId }));
    const stack = Stacks?.[0];
    if (!stack?.StackId || !stack.StackStatus || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
    return {
      id: stack.StackId,
      status: stack.StackStatus,
      createdAt: stack.CreationTime?.getTime() ?? 0,
      ...(stack.StackStatusReason && { reason: stack.StackStatusReason }),
      parameters: Object.fromEntries(
        (stack.Parameters ?? []).map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]),
      ),
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist'))
      return undefined;
    throw error;
  }
}

/** The resources of a stack that are not deleted. */
export async function stackResources(id: string): Promise<StackResource[]> {
  const summaries: StackResourceSummary[] = [];
  for await (const page of paginateListStackResources({ client: cloudformation }, { StackName: id }))
    summaries.push(...(page.StackResourceSummaries ?? []));
  return summaries
    .filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE')
    .map(({ LogicalResourceId = '', ResourceType = '', ResourceStatus = '', PhysicalResourceId }) => ({
      logicalId: LogicalResourceId,
      type: ResourceType,
      status: ResourceStatus,
      ...(PhysicalResourceId && { physicalId: PhysicalResourceId }),
    }));
}

/** The template of a stack as it is in force, JSON or YAML. */
export async function templateOf(id: string): Promise<string> {
  const { TemplateBody = '' } = await cloudformation.send(
    new GetTemplateCommand({ StackName: id, TemplateStage: 'Processed' }),
  );
  return TemplateBody;
}

import { CloudFormationClient, paginateDescribeStackEvents, type StackEvent } from '@aws-sdk/client-cloudformation';
import { NESTED_STACK, stackResources } from '../../shared/aws/stacks.ts';

const cloudformation = new CloudFormationClient({});

/** What CloudFormation says of resources that it gave up because another one had failed. */
const CONSEQUENCE = /cancelled|canceled|rollback requested/i;

const real = { events: eventsSince, stackResources };

/**
 * Why the last operation on a stack failed: the innermost resources, as `DatabaseStack/Cluster (AWS::DocDB::DBCluster):
 * reason`, the first to fail first.
 *
 * @param since when the operation on the outermost stack began: a nested one is deleted in the course of its rollback,
 *   and its own last operation is that deletion
 */
export async function failuresOf(stackId: string, effects = real, path = '', since?: Date): Promise<string[]> {
  const events = await effects.events(stackId, since);
  const began = since ?? events.at(-1)?.Timestamp;
  const failed = events
    .filter(
      ({ ResourceStatus = '', ResourceStatusReason = '', PhysicalResourceId }) =>
        ResourceStatus.endsWith('_FAILED') && PhysicalResourceId !== stackId && !CONSEQUENCE.test(ResourceStatusReason),
    )
    .reverse();
  const failures: string[] = [];
  for (const { LogicalResourceId = '', ResourceType = '', ResourceStatusReason, PhysicalResourceId } of failed) {
    const name = `${path}${LogicalResourceId}`;
    const inner =
      ResourceType === NESTED_STACK && PhysicalResourceId
        ? await failuresOf(PhysicalResourceId, effects, `${name}/`, began)
        : [];
    failures.push(
      ...(inner.length > 0 ? inner : [`${name} (${ResourceType}): ${ResourceStatusReason ?? 'no reason given'}`]),
    );
  }
  return [...new Set(failures)];
}

/** The resources that hold a stack which could not be deleted, with CloudFormation's reasons. */
export async function heldBy(stackId: string, effects = real): Promise<string[]> {
  const failures = await failuresOf(stackId, effects);
  if (failures.length > 0) return failures;
  const left = (await effects.stackResources(stackId)).filter(({ status }) => status.endsWith('_FAILED'));
  return left.map(({ logicalId, type, status }) => `${logicalId} (${type}): ${status}`);
}

/** The events since an instant, or since the last operation on the stack itself began, newest first. */
async function eventsSince(stackId: string, since?: Date): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  for await (const page of paginateDescribeStackEvents({ client: cloudformation }, { StackName: stackId }))
    for (const event of page.StackEvents ?? []) {
      if (since && event.Timestamp && event.Timestamp < since) return events;
      events.push(event);
      const isOfStack = event.PhysicalResourceId === stackId;
      const isBeginning = isOfStack && /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(event.ResourceStatus ?? '');
      if (isBeginning && !since) return events;
    }
  return events;
}

import { AwsError } from './errors.ts';
import type { Execution } from './sfn.ts';

/** How long an execution is not listed yet. */
const LAG_MS = 1000;
/** A page where nobody asks for another size. */
const PAGE = 100;

/**
 * The executions of a machine, newest first, by pages.
 *
 * @source Step Functions API reference, "ListExecutions": "This operation is eventually consistent"; 100 a page
 */
export function listed(
  executions: Execution[],
  asked: { stateMachineArn: string; statusFilter?: string; maxResults?: number; nextToken?: string },
  now: number,
): object {
  const { stateMachineArn, statusFilter, maxResults, nextToken } = asked;
  const newestFirst = executions.toReversed();
  // The last one of the page before: what has ended since moves no other out of sight.
  const start = nextToken === undefined ? 0 : newestFirst.findIndex(({ arn }) => arn === nextToken) + 1;
  if (nextToken !== undefined && start === 0) throw new AwsError('InvalidToken', `Invalid Token: '${nextToken}'`);
  const found = newestFirst
    .slice(start)
    .filter(({ machine, status }) => machine.arn === stateMachineArn && (!statusFilter || status === statusFilter))
    .filter(({ startedAt }) => now - startedAt >= LAG_MS);
  const page = found.slice(0, maxResults || PAGE);
  return {
    executions: page.map(({ arn, machine, status }) => ({
      ...{ executionArn: arn, stateMachineArn: machine.arn, name: arn.split(':').at(-1), status },
    })),
    ...(page.length < found.length && { nextToken: page.at(-1)?.arn }),
  };
}

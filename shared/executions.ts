import { DescribeExecutionCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { env } from './env.ts';

const sfn = new SFNClient({});

/** The state of an execution; one that Step Functions no longer keeps is `GONE`. */
export async function executionStatus(arn: string): Promise<string> {
  try {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
    return status ?? 'GONE';
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return 'GONE';
    throw error;
  }
}

/** Cuts an execution off. */
export async function stopExecution(arn: string, cause: string): Promise<void> {
  await sfn.send(new StopExecutionCommand({ executionArn: arn, error: 'Swept', cause }));
}

/** Starts the batch machine; the same name twice is one execution. */
export async function startExecution(name: string, input: object): Promise<void> {
  try {
    await sfn.send(
      new StartExecutionCommand({ stateMachineArn: env('RUN_BATCH_MACHINE'), name, input: JSON.stringify(input) }),
    );
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ExecutionAlreadyExists')) throw error;
  }
}

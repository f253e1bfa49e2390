import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';

/** Apart from executions: most functions that start one answer none. */
const sfn = new SFNClient({});

/** Lets an execution go on that waits for somebody's word. @returns whether it was waiting just then */
export async function sendTaskSuccess(taskToken: string, output: object): Promise<boolean> {
  try {
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
    return true;
  } catch (error) {
    if (error instanceof Error && /^Task(TimedOut|DoesNotExist)$/.test(error.name)) return false;
    throw error;
  }
}

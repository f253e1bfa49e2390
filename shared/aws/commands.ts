import { CancelCommandCommand, GetCommandInvocationCommand, SSMClient } from '@aws-sdk/client-ssm';

const ssm = new SSMClient({});

/** What Systems Manager says of a command on one instance. */
export interface Invocation {
  /** `Pending`, `InProgress`, `Success`, `Failed`, `TimedOut`, `Cancelled`, … */
  status: string;
  /** Finer than the status: `DeliveryTimedOut`, `ExecutionTimedOut`, `Undeliverable`, … */
  details: string;
  exitCode: number;
  /** The beginning of what it printed, 24,000 characters at most. */
  output?: string;
  startedAt?: string;
  endedAt?: string;
}

/** The state of a command; `Pending` while Systems Manager does not know it yet, just after it was sent. */
export async function commandInvocation(commandId: string, instanceId: string): Promise<Invocation> {
  try {
    const found = await ssm.send(new GetCommandInvocationCommand({ CommandId: commandId, InstanceId: instanceId }));
    return {
      status: found.Status ?? 'Pending',
      details: found.StatusDetails ?? '',
      exitCode: found.ResponseCode ?? -1,
      ...(found.StandardOutputContent && { output: found.StandardOutputContent }),
      ...(found.ExecutionStartDateTime && { startedAt: found.ExecutionStartDateTime }),
      ...(found.ExecutionEndDateTime && { endedAt: found.ExecutionEndDateTime }),
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'InvocationDoesNotExist')
      return { status: 'Pending', details: 'Pending', exitCode: -1 };
    throw error;
  }
}

/** Has the agent end a command, or not begin it; one that has ended stays as it is. */
export async function cancelCommand(commandId: string, instanceId: string): Promise<void> {
  await ssm.send(new CancelCommandCommand({ CommandId: commandId, InstanceIds: [instanceId] }));
}

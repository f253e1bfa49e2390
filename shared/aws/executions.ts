import { DescribeExecutionCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { env } from '../env.ts';

const sfn = new SFNClient({});

/** The status of an execution, `GONE` for one that Step Functions no longer keeps, and the cause where it was given one. */
export async function executionStatus(arn: string): Promise<{ status: string; cause?: string }> {
  try {
    const { status = 'GONE', cause } = await sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
    return { status, ...(cause && { cause }) };
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return { status: 'GONE' };
    throw error;
  }
}

/** Cuts an execution off. */
export async function stopExecution(arn: string, cause: string): Promise<void> {
  await sfn.send(new StopExecutionCommand({ executionArn: arn, error: 'Swept', cause }));
}

/** The machine for each thing that can be done, by the variable that its ARN is in. */
const MACHINES = {
  run: 'RUN_BATCH_MACHINE',
  start: 'START_ENVIRONMENT_MACHINE',
  stop: 'STOP_ENVIRONMENT_MACHINE',
  emergency: 'EMERGENCY_STOP_MACHINE',
  recover: 'RECOVER_SERVICE_MACHINE',
} as const;

export type Machine = keyof typeof MACHINES;

/**
 * Starts the machine that runs a batch, starts or stops an environment, recovers a service, or stops everything; the same name twice is one
 * execution.
 *
 * @returns whether this call started it
 * @throws ConfigurationMissing when the function was not given that machine
 */
export async function startExecution(act: Machine, name: string, input: object): Promise<boolean> {
  return startMachine(env(MACHINES[act]), name, input);
}

/**
 * Starts the machine of a pipeline; the same name twice is one execution.
 *
 * @returns whether this call started it
 */
export async function startPipeline(workload: string, name: string, input: object): Promise<boolean> {
  return startMachine(env('PIPELINE_MACHINES') + workload, name, input);
}

async function startMachine(stateMachineArn: string, name: string, input: object): Promise<boolean> {
  try {
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionAlreadyExists') return false;
    throw error;
  }
}

/** How often an emergency stop is asked for, each time with the patience of the SDK, and how long between. */
const EMERGENCY_ATTEMPTS = 4;
const EMERGENCY_PAUSE_MS = 1000;

/**
 * Starts the stop of everything; twice in a second is one execution.
 *
 * @param now milliseconds since the epoch
 */
export async function startEmergencyStop(
  { by, why }: { by: string; why: string },
  now: number,
  effects = { startExecution, pause: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await effects.startExecution('emergency', `emergency-${Math.floor(now / 1000)}`, { by, why });
      return;
    } catch (error) {
      if (attempt >= EMERGENCY_ATTEMPTS) throw error;
      await effects.pause(EMERGENCY_PAUSE_MS);
    }
  }
}

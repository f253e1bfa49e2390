import type { Job } from './jobs.ts';

/** A command of Run Command on one instance. */
export interface Command {
  id: string;
  instance: string;
  /** The name of its document. */
  document: string;
  status: string;
  details: string;
  exitCode: number;
  startedAt?: number;
  endedAt?: number;
  job?: Job;
  output: string;
}

export interface SendCommand {
  InstanceIds: string[];
  DocumentName: string;
  TimeoutSeconds?: number;
  Parameters?: Record<string, string[]>;
}

/** Of a long output the beginning is kept; all of it goes to S3 or CloudWatch Logs. */
const LONGEST_OUTPUT = 24_000;

/**
 * What GetCommandInvocation says of one.
 *
 * @source Systems Manager API reference, GetCommandInvocation: `StandardOutputContent` is the first 24,000 characters, and
 * empty until the command has ended
 */
export function described({ status, details, exitCode, startedAt, endedAt, output, ...rest }: Command): object {
  return {
    ...{ CommandId: rest.id, InstanceId: rest.instance, DocumentName: rest.document },
    ...{ Status: status, StatusDetails: details, ResponseCode: exitCode },
    StandardOutputContent: endedAt === undefined ? '' : output.slice(0, LONGEST_OUTPUT),
    ...(startedAt && { ExecutionStartDateTime: new Date(startedAt).toISOString() }),
    ...(endedAt && { ExecutionEndDateTime: new Date(endedAt).toISOString() }),
  };
}

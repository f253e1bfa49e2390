import type { Course } from '../outside/steps.ts';
import type { Job } from './jobs.ts';

/** A command of Run Command on one instance. */
export interface Command {
  id: string;
  instance: string;
  /** The name of its document. */
  document: string;
  comment: string;
  sentAt: number;
  status: string;
  details: string;
  exitCode: number;
  startedAt?: number;
  endedAt?: number;
  job?: Job;
  /** The work of a step of a pipeline. */
  course?: Course;
  output: string;
}

export interface SendCommand {
  InstanceIds: string[];
  DocumentName: string;
  Comment?: string;
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

interface ListCommands {
  Filters?: { key: string; value: string }[];
}

/**
 * What ListCommands says of those that its filters leave.
 *
 * @source Systems Manager API reference, CommandFilter
 */
export function listed(commands: Iterable<Command>, { Filters = [] }: ListCommands): object {
  const kept = [...commands].filter((command) => Filters.every(({ key, value }) => fits(command, key, value)));
  return {
    Commands: kept.map(({ id, instance, document, comment, status, sentAt }) => ({
      ...{ CommandId: id, InstanceIds: [instance], DocumentName: document, Comment: comment, Status: status },
      RequestedDateTime: sentAt / 1000,
    })),
  };
}

function fits({ status, document, sentAt }: Command, key: string, value: string): boolean {
  if (key === 'ExecutionStage') return (value === 'Executing') === ['Pending', 'InProgress'].includes(status);
  if (key === 'InvokedAfter') return sentAt >= Date.parse(value);
  if (key === 'DocumentName') return document === value;
  throw new Error(`the rehearsal does not know the filter ${key} of ListCommands: add it to rehearsal/aws/commands.ts`);
}

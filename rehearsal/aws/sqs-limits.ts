import { AwsError } from './errors.ts';

/** What a message is sent with. */
export interface Entry {
  MessageBody: string;
  DelaySeconds?: number;
}

/** What a message may have, and all messages of a batch together. */
const MAX_BYTES = 1_048_576;
const MAX_DELAY_SECONDS = 900;
const CONTENT = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

/** What SQS finds wrong with a message. */
export function faultOf({ MessageBody: body, DelaySeconds: delay = 0 }: Entry): AwsError | undefined {
  if (!body) return new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (Buffer.byteLength(body) > MAX_BYTES)
    return invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${MAX_BYTES} bytes.`);
  if (!CONTENT.test(body)) return new AwsError('InvalidMessageContents', 'Invalid characters found.');
  if (!(Number.isInteger(delay) && delay >= 0 && delay <= MAX_DELAY_SECONDS))
    return invalid(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`,
    );
  return undefined;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

/**
 * Judges a batch as a whole.
 *
 * @throws AwsError
 */
export function checkBatch(entries: (Entry & { Id: string })[]): void {
  const ids = entries.map(({ Id }) => Id);
  const bytes = entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
  const faults: [boolean, string, string][] = [
    [
      ids.length === 0,
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    ],
    [ids.length > 10, 'TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.'],
    [
      !ids.every((id) => /^[\w-]{1,80}$/.test(id)),
      'InvalidBatchEntryId',
      'A batch entry id has 1 to 80 letters, digits, hyphens or underscores.',
    ],
    [new Set(ids).size < ids.length, 'BatchEntryIdsNotDistinct', 'Id is repeated.'],
    [bytes > MAX_BYTES, 'BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_BYTES} bytes.`],
  ];
  for (const [isBroken, code, message] of faults) if (isBroken) throw new AwsError(code, message);
}

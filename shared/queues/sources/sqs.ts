import { GetQueueAttributesCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { ratesOf } from '../rates.ts';
import type { Mark } from '../reading.ts';
import type { SourceOf } from '../source.ts';
import type { Read } from './jobs.ts';

const clients = new Map<string | undefined, SQSClient>();

/** A queue may be in another region than its workers. */
function clientOf(url: string): SQSClient {
  const region = /^https:\/\/sqs\.([^.]+)\./.exec(url)?.[1];
  const client = clients.get(region) ?? new SQSClient(region ? { region } : {});
  clients.set(region, client);
  return client;
}

const VISIBLE = 'ApproximateNumberOfMessages';
const IN_FLIGHT = 'ApproximateNumberOfMessagesNotVisible';
const DELAYED = 'ApproximateNumberOfMessagesDelayed';

/**
 * Reads a queue of SQS, and the queue of its dead letters as what failed. SQS counts nothing that came or went, and tells
 * the age of the oldest message to CloudWatch alone, so that is not known here.
 *
 * @source https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export async function readSqs(
  { url, deadLetters }: SourceOf<'sqs'>,
  before: Mark | undefined,
  now: number,
  signal: AbortSignal,
): Promise<Read> {
  const [own, dead] = await Promise.all([
    attributes(url, [VISIBLE, IN_FLIGHT, DELAYED], signal),
    deadLetters === undefined ? undefined : attributes(deadLetters, [VISIBLE, IN_FLIGHT, DELAYED], signal),
  ]);
  const [waiting = 0, active = 0, delayed = 0] = own;
  const failed = dead?.reduce((sum, count) => sum + count, 0);
  const mark: Mark = { at: now, inside: waiting + active + delayed, ...(failed !== undefined && { failed }) };
  const counts = { at: now, waiting, active, delayed, due: 0, ...(failed !== undefined && { failed }) };
  return { reading: { ...counts, ...ratesOf(before, mark) }, mark };
}

async function attributes(
  QueueUrl: string,
  AttributeNames: QueueAttributeName[],
  abortSignal: AbortSignal,
): Promise<number[]> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames });
  const { Attributes = {} } = await clientOf(QueueUrl).send(command, { abortSignal });
  return AttributeNames.map((name) => {
    const count = Number(Attributes[name]);
    // What is not there is no zero.
    if (Number.isNaN(count)) throw new Error(`${name} is missing`);
    return count;
  });
}

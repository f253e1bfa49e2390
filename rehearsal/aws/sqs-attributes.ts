/** How many messages a queue has: those that can be received, are being worked on, and come later. */
export interface Messages {
  waiting: number;
  active: number;
  delayed: number;
}

/**
 * What SQS tells of a queue; every value is a text.
 *
 * @source SQS API reference, GetQueueAttributes
 */
export function attributesOf(arn: string, { waiting, active, delayed }: Messages, names: string[]): object {
  const all: Record<string, string> = {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(waiting),
    ApproximateNumberOfMessagesNotVisible: String(active),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)));
}

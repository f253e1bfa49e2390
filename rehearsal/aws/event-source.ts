import type { World } from '../world.ts';
import type { Message, Queue } from './sqs.ts';

/** Invokes a function and waits. @returns what it answers */
export type Feed = (functionName: string, event: object) => Promise<unknown>;

/** The poller takes what has come within the second. */
const POLL_MS = 1000;
/** After this a poller that was refused asks again. */
const REFUSED_MS = 60_000;

/**
 * Lambda's event source mapping of a standard queue: several batches at a time, and what a function does not take is
 * shown again after the visibility timeout.
 *
 * @source Lambda developer guide, "Using Lambda with Amazon SQS": five pollers to begin with, or MaximumConcurrency
 */
export class EventSource {
  readonly #world: World;
  readonly #feed: Feed;
  readonly #showAt: (queue: Queue, message: Message, at: number) => void;

  /** @param showAt lets a message be received again from an instant on */
  constructor(world: World, feed: Feed, showAt: (queue: Queue, message: Message, at: number) => void) {
    this.#world = world;
    this.#feed = feed;
    this.#showAt = showAt;
  }

  /** Something has come into a queue. */
  poll(queue: Queue, wait = POLL_MS): void {
    if (queue.isPolling || !queue.functionName) return;
    queue.isPolling = true;
    this.#world.clock.at(this.#world.clock.now + wait, () => {
      queue.isPolling = false;
      this.#drain(queue);
    });
  }

  #drain(queue: Queue): void {
    const { functionName } = queue;
    if (!functionName || queue.ready.length === 0) return;
    const isRefused = !this.#mayRead(functionName, queue);
    if (isRefused) this.poll(queue, REFUSED_MS);
    while (!isRefused && queue.ready.length > 0 && queue.running < queue.concurrency)
      void this.#hand(functionName, queue, queue.ready.splice(0, queue.batchSize));
  }

  async #hand(functionName: string, queue: Queue, batch: Message[]): Promise<void> {
    const { now } = this.#world.clock;
    queue.running++;
    for (const message of batch) {
      message.receives++;
      message.firstReceivedAt ??= now;
    }
    const kept = await this.#kept(functionName, queue, batch);
    queue.running--;
    for (const message of batch)
      if (kept(message) || this.#comesTwice()) this.#comeBack(queue, message, now + queue.visibilityMs);
    this.#drain(queue);
  }

  /** Asks the function; a batch that it fails on comes back as a whole. */
  async #kept(functionName: string, queue: Queue, batch: Message[]): Promise<(message: Message) => boolean> {
    const Records = batch.map((message) => this.#record(queue, message));
    try {
      const answer = (await this.#feed(functionName, { Records })) as {
        batchItemFailures?: { itemIdentifier: string }[];
      } | null;
      const ids = queue.reportsFailures ? answer?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) : [];
      return ({ id }) => ids?.includes(id) ?? false;
    } catch {
      return () => true;
    }
  }

  #record({ arn }: Queue, { id, body, sentAt, receives, firstReceivedAt }: Message): object {
    return {
      ...{ messageId: id, receiptHandle: id, body, messageAttributes: {} },
      attributes: {
        ApproximateReceiveCount: String(receives),
        SentTimestamp: String(sentAt),
        ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
      },
      ...{ eventSource: 'aws:sqs', eventSourceARN: arn, awsRegion: this.#world.stage.region },
    };
  }

  /** Polls with the role of the function. */
  #mayRead(functionName: string, { arn }: Queue): boolean {
    const role = this.#world.iam?.roleOf(functionName);
    try {
      for (const operation of ['GetQueueAttributes', 'ReceiveMessage', 'DeleteMessage'])
        if (role) this.#world.permit(role, 'sqs', operation, { QueueArn: arn });
      return true;
    } catch {
      // Denied, and journalled as denied: the messages wait.
      return false;
    }
  }

  /** A standard queue delivers at least once. */
  #comesTwice(): boolean {
    return this.#world.faults('messages').some((fault) => fault.messages === 'twice' && this.#world.uses(fault));
  }

  #comeBack(queue: Queue, message: Message, at: number): void {
    const instant = Math.max(at, this.#world.clock.now);
    const isOld = instant > message.sentAt + queue.retentionMs;
    if (!isOld && message.receives < queue.maxReceives) {
      this.#showAt(queue, message, instant);
      return;
    }
    queue.dead.push(message);
    const why = isOld ? 'older than the queue keeps messages' : `received ${message.receives} times`;
    this.#world.journal.write({ what: 'lost', event: `message in ${queue.arn}`, why });
  }
}

import type { World } from '../world.ts';
import { AwsError } from './errors.ts';
import { EventSource, type Feed } from './event-source.ts';
import { attributesOf, type Messages } from './sqs-attributes.ts';
import { checkBatch, type Entry, faultOf } from './sqs-limits.ts';

export interface Message {
  id: string;
  body: string;
  /** Milliseconds since the epoch, as the other instants. */
  sentAt: number;
  receives: number;
  firstReceivedAt?: number;
}

/** A queue of the template with the function that it feeds. */
export interface Queue {
  arn: string;
  visibilityMs: number;
  retentionMs: number;
  maxReceives: number;
  batchSize: number;
  /** How many batches the function works on at a time. */
  concurrency: number;
  /** Whether the function says which messages it did not take; else what it answers is not read. */
  reportsFailures: boolean;
  functionName?: string;
  ready: Message[];
  dead: Message[];
  /** Batches that the function works on. */
  running: number;
  isPolling: boolean;
}

/** How long a queue may keep a message to itself while others overtake it. */
const DISORDER_MS = 5000;

/** The ARN of the queue that has an address. */
export function queueArn(url: string): string {
  const [, region, account, name] = url.match(/^https:\/\/sqs\.([\w-]+)\.amazonaws\.com\/(\d+)\/([\w-]+)$/) ?? [];
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/**
 * SQS: standard queues, and the functions that they feed.
 *
 * @source SQS API reference, "SendMessage", "SendMessageBatch"; SQS developer guide, "Amazon SQS message quotas"
 */
export class Sqs {
  readonly queues = new Map<string, Queue>();
  readonly #world: World;
  readonly #source: EventSource;
  /** How many messages a queue has that is none of the template. */
  countsOf: ((url: string) => Promise<Messages | undefined>) | undefined;

  constructor(world: World, feed: Feed) {
    this.#world = world;
    this.#source = new EventSource(world, feed, (queue, message, at) => this.#showAt(queue, message, at));
    world.services['sqs'] = {
      GetQueueAttributes: async ({
        QueueUrl,
        AttributeNames = [],
      }: {
        QueueUrl: string;
        AttributeNames?: string[];
      }) => {
        const of = (await this.countsOf?.(QueueUrl)) ?? this.#countsAt(QueueUrl);
        return { Attributes: attributesOf(queueArn(QueueUrl), of, AttributeNames) };
      },
      SendMessage: ({ QueueUrl, ...entry }: Entry & { QueueUrl: string }) => {
        const queue = this.#at(QueueUrl);
        const error = faultOf(entry);
        if (error) throw error;
        return { MessageId: this.#take(queue, entry) };
      },
      SendMessageBatch: ({ QueueUrl, Entries }: { QueueUrl: string; Entries: (Entry & { Id: string })[] }) => {
        const queue = this.#at(QueueUrl);
        checkBatch(Entries);
        const judged = Entries.map((entry) => ({ ...entry, error: faultOf(entry) }));
        return {
          Successful: judged
            .filter(({ error }) => !error)
            .map((entry) => ({ Id: entry.Id, MessageId: this.#take(queue, entry) })),
          Failed: judged.flatMap(({ Id, error }) =>
            error ? [{ Id, SenderFault: true, Code: error.name, Message: error.message }] : [],
          ),
        };
      },
    };
  }

  /** A service of AWS puts a message into a queue. */
  send(arn: string, body: string): void {
    const queue = this.queues.get(arn);
    if (!queue) throw new Error(`no queue ${arn}`);
    this.#take(queue, { MessageBody: body });
  }

  #countsAt(url: string): Messages {
    const { ready, running, batchSize } = this.#at(url);
    return { waiting: ready.length, active: running * batchSize, delayed: 0 };
  }

  #at(url: string): Queue {
    const queue = this.queues.get(queueArn(url));
    if (queue) return queue;
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  }

  #take(queue: Queue, { MessageBody: body, DelaySeconds = 0 }: Entry): string {
    const { clock, random } = this.#world;
    const message = { id: random.hex(16), body, sentAt: clock.now, receives: 0 };
    this.#showAt(queue, message, clock.now + DelaySeconds * 1000);
    return message.id;
  }

  /** Lets a message be received from an instant on; a standard queue gives no order, which the scenario can insist on. */
  #showAt(queue: Queue, message: Message, at: number): void {
    const { clock, random } = this.#world;
    const isShuffled = this.#world
      .faults('messages')
      .some((fault) => fault.messages === 'out-of-order' && this.#world.uses(fault));
    const instant = at + (isShuffled ? Math.round(random.between(0, DISORDER_MS)) : 0);
    const show = () => {
      const place = isShuffled ? Math.floor(random.between(0, queue.ready.length + 1)) : queue.ready.length;
      queue.ready.splice(place, 0, message);
      this.#source.poll(queue);
    };
    if (instant <= clock.now) show();
    else clock.at(instant, show);
  }
}

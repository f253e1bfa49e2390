import type { World } from '../world.ts';

interface Message {
  id: string;
  body: string;
  receives: number;
}

/** A queue of the template with the function that it feeds. */
export interface Queue {
  arn: string;
  visibilityMs: number;
  maxReceives: number;
  batchSize: number;
  functionName?: string;
  ready: Message[];
  dead: Message[];
}

/** Hands a batch to a function. @returns ids of the messages that it did not take */
export type Feed = (functionName: string, event: object) => Promise<string[]>;

/** SQS with event source mappings: what a function does not take comes back after the visibility timeout. */
export class Sqs {
  readonly queues = new Map<string, Queue>();
  readonly #world: World;
  readonly #feed: Feed;

  constructor(world: World, feed: Feed) {
    this.#world = world;
    this.#feed = feed;
  }

  send(arn: string, body: string): void {
    const queue = this.queues.get(arn);
    if (!queue) throw new Error(`no queue ${arn}`);
    this.#add(queue, { id: this.#world.random.hex(16), body, receives: 0 });
  }

  #add(queue: Queue, message: Message): void {
    queue.ready.push(message);
    // The poller of the mapping takes what has come within the second.
    if (queue.ready.length === 1) this.#world.clock.at(this.#world.clock.now + 1000, () => void this.#drain(queue));
  }

  async #drain(queue: Queue): Promise<void> {
    const { functionName } = queue;
    if (functionName && !this.#mayRead(functionName, queue)) return this.#later(queue);
    while (functionName && queue.ready.length > 0) {
      const batch = queue.ready.splice(0, queue.batchSize);
      for (const message of batch) message.receives++;
      const Records = batch.map(({ id, body }) => ({ messageId: id, body, eventSourceARN: queue.arn }));
      const failed = await this.#feed(functionName, { Records });
      for (const message of batch)
        if (failed.includes(message.id) || this.#comesTwice()) this.#comeBack(queue, message);
    }
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
    return this.#world.faults('messages').some((fault) => this.#world.uses(fault));
  }

  #later(queue: Queue): void {
    this.#world.clock.at(this.#world.clock.now + 60_000, () => void this.#drain(queue));
  }

  #comeBack(queue: Queue, message: Message): void {
    if (message.receives >= queue.maxReceives) {
      queue.dead.push(message);
      this.#world.journal.write({
        what: 'lost',
        event: `message in ${queue.arn}`,
        why: `received ${message.receives} times`,
      });
      return;
    }
    this.#world.clock.at(this.#world.clock.now + queue.visibilityMs, () => this.#add(queue, message));
  }
}

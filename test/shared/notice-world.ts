import { real as routing } from '../../functions/route-notices/change.ts';
import { routeNotices } from '../../functions/route-notices/handler.ts';
import { type Adapter, deliver, type delivery } from '../../shared/channels/delivery.ts';
import type { Message } from '../../shared/messages/message.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import type { Channel, CompiledStage } from '../../shared/stage/compiled.ts';
import type { Shown } from '../../shared/threads/show.ts';
import type { Thread } from '../../shared/threads/thread.ts';
import { aStage } from './builders.ts';

export const NOON = Date.parse('2026-11-02T12:00:00+09:00');

/** What a channel's people see: each message as it is now, and how often it was edited. */
export interface Post {
  at: number;
  message: Message;
  edits: number;
}

interface Queued {
  queue: string;
  body: string;
  /** When it can be received. */
  at: number;
}

/**
 * The funnel without AWS: one table, queues that a test empties in the order it likes, and channels that may refuse. The
 * clock is the test's.
 */
export class NoticeWorld {
  now = NOON;
  readonly stage: CompiledStage;
  readonly threads = new Map<string, Thread>();
  readonly shown = new Map<string, Shown>();
  readonly queued: Queued[] = [];
  readonly posts: Record<string, Post[]> = {};
  /** The names of channels that take nothing, with the error that they throw. */
  readonly down = new Map<string, Error>();
  openings: number[] = [];

  constructor(stage: Partial<CompiledStage> = {}) {
    this.stage = aStage(stage);
  }

  /** Publishes notices, and lets the funnel run until nothing is to be done now. */
  async say(...notices: Notice[]): Promise<void> {
    for (const notice of notices) this.publish(notice);
    await this.settle();
  }

  publish(notice: object): void {
    this.queued.push({ queue: 'notices', body: JSON.stringify(notice), at: this.now });
  }

  /** Lets time pass; what is due on the way is done when it is due. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      const next = Math.min(...this.queued.map(({ at }) => at));
      if (next > end) break;
      this.now = Math.max(this.now, next);
      await this.settle();
    }
    this.now = end;
  }

  async settle(): Promise<void> {
    for (let due = this.#due(); due; due = this.#due()) await this.receive(due);
  }

  #due(): Queued | undefined {
    return this.queued.find(({ at }) => at <= this.now);
  }

  /** One message to the function of its queue; what is not taken comes back after 90 seconds. */
  async receive(message: Queued): Promise<void> {
    this.queued.splice(this.queued.indexOf(message), 1);
    const Record = { messageId: 'one', body: message.body, eventSourceARN: `arn:x:lamplighter-dev-${message.queue}` };
    const { batchItemFailures } =
      message.queue === 'notices'
        ? await routeNotices({ Records: [Record] }, this.routing())
        : await deliver({ Records: [Record] }, this.adapter(message.queue), this.delivery());
    if (batchItemFailures.length > 0) this.queued.push({ ...message, at: this.now + 90_000 });
  }

  routing(): typeof routing {
    return {
      ...routing,
      stage: () => this.stage,
      now: () => this.now,
      beat: async () => undefined,
      changeThread: async (workload, thread, change) => {
        const known = this.threads.get(`${workload} ${thread}`);
        const changed = await change(known && structuredClone(known));
        if (changed) this.threads.set(`${workload} ${thread}`, structuredClone(changed));
        return changed;
      },
      openThreads: async () => [...this.threads.values()].filter(({ state }) => state === 'open'),
      countOpening: async () => {
        this.openings = [...this.openings.filter((at) => at > this.now - 120_000), this.now];
        return this.openings.filter((at) => at > this.now - 60_000).length;
      },
      followLater: async (follow, delay) => this.#send('notices', { follow }, delay),
      signalChannel: async (_, channel, signal, delay = 0) => this.#send(channel, signal, delay),
    };
  }

  delivery(): typeof delivery {
    return {
      stage: () => this.stage,
      now: () => this.now,
      getThread: async (workload, thread) => this.threads.get(`${workload} ${thread}`) as never,
      takeTurn: async () => undefined,
      signalChannel: async (_, channel, signal, delay = 0) => this.#send(channel, signal, delay),
      showOnce: async ({ workload, thread, channel }, plan) => {
        const key = `${channel} ${workload} ${thread}`;
        const show = plan(this.shown.get(key));
        if (show) this.shown.set(key, await show());
      },
    };
  }

  adapter(channel: string): Adapter<Channel['kind']> {
    const { kind } = this.stage.notify.channels[channel] ?? { kind: 'discord' };
    const canEdit = kind === 'discord';
    return {
      ...{ kinds: [kind], canEdit, perMinute: 30 },
      show: async ({ name }, message, _, edited) => {
        const error = this.down.get(name);
        if (error) throw error;
        const posts = this.posts[name] ?? [];
        this.posts[name] = posts;
        const known = edited === undefined ? undefined : posts[Number(edited)];
        if (known) Object.assign(known, { message, edits: known.edits + 1 });
        else posts.push({ at: this.now, message, edits: 0 });
        return canEdit ? (edited ?? String(posts.length - 1)) : undefined;
      },
    };
  }

  #send(queue: string, body: object, delaySeconds: number): void {
    this.queued.push({ queue, body: JSON.stringify(body), at: this.now + Math.ceil(delaySeconds) * 1000 });
  }
}

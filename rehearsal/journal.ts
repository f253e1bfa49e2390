import type { Notice } from '../shared/notices/notice.ts';

/** What happened, in order. The laws read it as it is written; the report reads it at the end. */
export type Happening =
  | {
      what: 'call';
      caller: string;
      service: string;
      operation: string;
      input: unknown;
      error?: string;
      /** The execution that the caller works for. */
      execution?: string;
    }
  | { what: 'instance'; id: string; from: string; to: string; why: string }
  /** The guest of an instance is restarted; the instance runs all the while. */
  | { what: 'reboot'; id: string }
  /** The name of a server leads nowhere since its address changed, until somebody corrects it. */
  | { what: 'name'; id: string; leads: 'nowhere' | 'there' }
  /** What befalls a service; `by` is what helped: a step, `a person`, or `itself`. */
  | ({ what: 'incident'; id: string; kind: string; workload?: string } & (
      | { phase: 'begun' }
      | { phase: 'over'; by: string }
    ))
  /** The stack of an environment; `absent` before its creation and after its deletion. */
  | { what: 'stack'; name: string; from: string; to: string; why: string }
  /** A resource was deleted with its data; by its path of logical ids. */
  | { what: 'data'; resource: string; stack: string }
  | { what: 'job'; workload: string; instance: string; phase: 'started' | 'ended'; exitCode?: number }
  /** The work of a step of a pipeline, wherever it is done: of which run, in which execution of it, which try. */
  | {
      what: 'step';
      workload: string;
      key: string;
      step: string;
      generation: number;
      attempt: number;
      phase: 'started' | 'ended';
      isWell?: boolean;
    }
  | { what: 'schedule'; name: string; scheduledFor: number }
  | {
      what: 'state';
      execution: string;
      state: string;
      phase: 'entered' | 'exited' | 'failed' | 'retried';
      error?: string;
    }
  | { what: 'execution'; arn: string; status: string; input?: unknown }
  | { what: 'record'; workload: string; key: string; status: string; item: Record<string, unknown> }
  | { what: 'notice'; notice: Notice }
  /** An alarm of CloudWatch was published to a topic, by the topic's name. */
  | { what: 'alarm'; topic: string; name: string; state: string; reason: string }
  /** Anything else was published to a topic: a heartbeat, or the text for the addresses of a channel. */
  | { what: 'message'; topic: string; body: unknown }
  /**
   * People saw it. The channel by its name in the stage file, the message by the id that the channel gave it, the body
   * as it was sent; `to` is the address or number of mail and SMS.
   */
  | {
      what: 'delivered';
      channel: string;
      id: string;
      how: 'posted' | 'edited';
      to?: string;
      body: unknown;
      files?: string[];
    }
  /** A webhook did not take a message: the status that it answered with. */
  | { what: 'refused'; channel: string; status: number | 'hangs' }
  /** What a check asked for did not answer as it should: `web front`, or `control`. */
  | { what: 'unreached'; place: string; how: string }
  /** Somebody changed how many workers of a queue are wanted. */
  | { what: 'scaled'; queue: string; from: number; to: number; by: string }
  /** A task of a queue's workers stopped while it was doing jobs. */
  | { what: 'killed'; queue: string; task: string; jobs: number }
  /** CloudWatch got values of a queue: the names of the metrics, and its backlog where that is one of them. */
  | { what: 'measured'; queue: string; names: string; backlog?: number }
  /** The watcher outside heard that all is well. */
  | { what: 'heartbeat' }
  | { what: 'log'; source: string; text: string }
  | { what: 'invocation'; function: string; milliseconds: number; error?: string }
  | { what: 'lost'; event: string; why: string }
  | { what: 'denied'; text: string }
  | { what: 'fault'; text: string }
  /** A command of Discord said something: to the channel, or to who gave it alone. */
  | { what: 'answered'; method: string; body: unknown; isPrivate: boolean }
  /** `until` in milliseconds since the epoch. */
  | { what: 'person'; act: string; workload?: string; cause?: string; until?: number };

export type Entry = Happening & { at: number };

export type Of<What extends Happening['what']> = Extract<Happening, { what: What }> & { at: number };

/** The history of a rehearsal. */
export class Journal {
  readonly entries: Entry[] = [];
  readonly #listeners: ((entry: Entry) => void)[] = [];

  onEntry(listener: (entry: Entry) => void): void {
    this.#listeners.push(listener);
  }

  write(happening: Happening): void {
    const entry = { ...happening, at: Date.now() };
    this.entries.push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  of<What extends Happening['what']>(what: What): Of<What>[] {
    return this.entries.filter((entry): entry is Of<What> => entry.what === what);
  }
}

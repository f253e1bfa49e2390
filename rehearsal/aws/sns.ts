import type { World } from '../world.ts';
import { AwsError } from './errors.ts';
import { published } from './published.ts';

type Filter = Record<string, (string | { exists: boolean })[]>;

/** A subscription of the template. */
export interface Subscription {
  topic: string;
  protocol: string;
  endpoint: string;
  filter?: Filter;
  /** Whether a queue gets the message alone, without SNS's envelope. */
  isRaw: boolean;
}

/** What is published, in the words of SNS's Publish. */
export interface Publish {
  TopicArn: string;
  Subject?: string;
  Message: string;
  MessageStructure?: string;
  MessageAttributes?: Record<string, { StringValue: string }>;
}

const MAX_BYTES = 262_144;

/**
 * SNS: topics, filtered subscriptions, delivery to queues and mailboxes.
 *
 * @source SNS API reference, "Publish"; SNS developer guide, "Amazon SNS raw message delivery"
 */
export class Sns {
  readonly topics = new Set<string>();
  readonly subscriptions: Subscription[] = [];
  /** Mail and text messages that people got: address or number, and text. */
  readonly mail: { to: string; subject: string; text: string; at: number }[] = [];
  readonly #world: World;
  readonly #enqueue: (queue: string, body: string) => void;
  readonly #mayEnqueue: (queue: string, topic: string) => boolean;

  constructor(
    world: World,
    enqueue: (queue: string, body: string) => void,
    mayEnqueue: (queue: string, topic: string) => boolean,
  ) {
    this.#world = world;
    this.#enqueue = enqueue;
    this.#mayEnqueue = mayEnqueue;
    world.services['sns'] = { Publish: (input: Publish) => this.publish(input) };
  }

  /**
   * Publishes a message, whoever asks for it.
   *
   * @throws AwsError by SNS's names
   */
  publish(input: Publish): { MessageId: string } {
    if (!this.topics.has(input.TopicArn)) throw new AwsError('NotFoundException', 'Topic does not exist');
    if (input.Subject && !/^[\x20-\x7e]{1,100}$/.test(input.Subject)) throw invalid('Subject');
    if (!input.Message) throw invalid('Empty message');
    if (Buffer.byteLength(input.Message) > MAX_BYTES) throw invalid('Message too long');
    const texts =
      input.MessageStructure === 'json'
        ? (JSON.parse(input.Message) as Record<string, string>)
        : { default: input.Message };
    const { default: text } = texts;
    if (text === undefined) throw invalid('Message Structure - No default entry in JSON message body');
    const MessageId = this.#world.random.hex(16);
    this.#world.journal.write(published(nameOf(input.TopicArn), text, `${this.#prefix()}notices`));
    for (const subscription of this.subscriptions)
      if (subscription.topic === input.TopicArn && accepts(subscription.filter, input.MessageAttributes ?? {}))
        this.#deliver(subscription, input, texts[subscription.protocol] ?? text, MessageId);
    return { MessageId };
  }

  #deliver({ protocol, endpoint, topic, isRaw }: Subscription, input: Publish, text: string, id: string): void {
    if (protocol === 'sqs') {
      if (this.#mayEnqueue(endpoint, topic)) this.#enqueue(endpoint, isRaw ? text : this.#envelope(input, text, id));
      return;
    }
    const subject = input.Subject ?? (protocol === 'email' ? 'AWS Notification Message' : '');
    this.mail.push({ to: endpoint, subject, text, at: this.#world.clock.now });
    const channel = this.#channelOf(topic, protocol, endpoint);
    this.#world.journal.write({
      ...{ what: 'delivered', channel, id, how: 'posted', to: endpoint, body: { subject, text } },
    });
  }

  #envelope({ TopicArn, Subject, MessageAttributes }: Publish, text: string, MessageId: string): string {
    const Timestamp = new Date(this.#world.clock.now).toISOString();
    return JSON.stringify({
      ...{ Type: 'Notification', MessageId, TopicArn, Subject, Message: text, Timestamp, MessageAttributes },
    });
  }

  /** The name of the channel whose topic it is, or that an address or a number is of. */
  #channelOf(topic: string, protocol: string, endpoint: string): string {
    const { channels } = this.#world.stage.notify;
    const own = nameOf(topic).slice(this.#prefix().length);
    if (nameOf(topic).startsWith(this.#prefix()) && Object.hasOwn(channels, own)) return own;
    const isOf = ([, channel]: (typeof all)[number]) =>
      channel.kind === protocol && 'to' in channel && channel.to.includes(endpoint);
    const all = Object.entries(channels);
    return all.find(isOf)?.[0] ?? endpoint;
  }

  #prefix(): string {
    return `lamplighter-${this.#world.stage.stage}-`;
  }
}

function invalid(what: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid parameter: ${what}`);
}

function nameOf(arn: string): string {
  return arn.split(':').at(-1) ?? '';
}

function accepts(filter: Filter | undefined, attributes: Record<string, { StringValue: string }>): boolean {
  return Object.entries(filter ?? {}).every(([name, allowed]) => {
    const value = attributes[name]?.StringValue;
    return allowed.some((rule) => (typeof rule === 'string' ? rule === value : rule.exists === (value !== undefined)));
  });
}

import type { Notice } from '../../shared/notices.ts';
import type { World } from '../world.ts';
import { AwsError } from './errors.ts';

type Filter = Record<string, (string | { exists: boolean })[]>;

/** A subscription of the template. */
export interface Subscription {
  topic: string;
  protocol: string;
  endpoint: string;
  filter?: Filter;
}

interface Publish {
  TopicArn: string;
  Subject?: string;
  Message: string;
  MessageStructure?: string;
  MessageAttributes?: Record<string, { StringValue: string }>;
}

/** SNS: topics, filtered subscriptions, delivery to queues and mailboxes. */
export class Sns {
  readonly topics = new Set<string>();
  readonly subscriptions: Subscription[] = [];
  /** Mail and text messages that people got: address or number, and text. */
  readonly mail: { to: string; subject: string; text: string; at: number }[] = [];
  readonly #world: World;
  readonly #mayEnqueue: (queue: string, topic: string) => boolean;

  constructor(
    world: World,
    enqueue: (queue: string, body: string) => void,
    mayEnqueue: (queue: string, topic: string) => boolean,
  ) {
    this.#world = world;
    this.#mayEnqueue = mayEnqueue;
    world.services['sns'] = {
      Publish: (input: Publish) => {
        if (!this.topics.has(input.TopicArn))
          throw new AwsError('NotFoundException', `Topic ${input.TopicArn} does not exist`);
        if (input.Subject && !/^[\x20-\x7e]{1,100}$/.test(input.Subject))
          throw new AwsError('InvalidParameterException', 'Invalid parameter: Subject');
        const bodies =
          input.MessageStructure === 'json'
            ? (JSON.parse(input.Message) as Record<string, string>)
            : { default: input.Message };
        if (bodies['default'] === undefined)
          throw new AwsError(
            'InvalidParameterException',
            'Invalid parameter: Message Structure - No default entry in JSON message body',
          );
        world.journal.write({ what: 'notice', notice: JSON.parse(bodies['default'] ?? '{}') as Notice });
        for (const subscription of this.subscriptions) this.#deliver(subscription, input, bodies, enqueue);
        return { MessageId: world.random.hex(16) };
      },
    };
  }

  #deliver(
    subscription: Subscription,
    input: Publish,
    bodies: Record<string, string>,
    enqueue: (queue: string, body: string) => void,
  ): void {
    if (subscription.topic !== input.TopicArn || !accepts(subscription.filter, input.MessageAttributes ?? {})) return;
    const text = bodies[subscription.protocol] ?? bodies['default'] ?? '';
    if (subscription.protocol === 'sqs') {
      if (this.#mayEnqueue(subscription.endpoint, input.TopicArn)) enqueue(subscription.endpoint, text);
      return;
    }
    this.mail.push({ to: subscription.endpoint, subject: input.Subject ?? '', text, at: this.#world.clock.now });
    const notice = JSON.parse(bodies['default'] ?? '{}') as Notice;
    this.#world.journal.write({ what: 'delivered', channel: this.#channelOf(subscription), id: notice.id });
  }

  /** The name of the channel that an address or a number is of. */
  #channelOf({ protocol, endpoint }: Subscription): string {
    const channels = Object.entries(this.#world.stage.notify.channels);
    return (
      channels.find(
        ([, channel]) => channel.kind === protocol && 'to' in channel && channel.to.includes(endpoint),
      )?.[0] ?? endpoint
    );
  }
}

function accepts(filter: Filter | undefined, attributes: Record<string, { StringValue: string }>): boolean {
  return Object.entries(filter ?? {}).every(([name, allowed]) => {
    const value = attributes[name]?.StringValue;
    return allowed.some((rule) => (typeof rule === 'string' ? rule === value : rule.exists === (value !== undefined)));
  });
}

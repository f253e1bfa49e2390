import { asNotice, type Batch, type Kept } from './delivered.ts';
import { asError, ChannelUnavailable } from './errors.ts';
import type { Notice } from './notices.ts';
import { post } from './post.ts';
import { secret } from './secrets.ts';
import type { Channel, CompiledStage, PostedKind } from './stage/compiled.ts';
import { deployedStage } from './stage/deployed.ts';
import { once } from './state/said.ts';

/** After this nothing more of a batch is begun: an attempt takes up to 15 s, and the function has 30. */
const BATCH_MS = 10_000;

export const delivery = { stage: deployedStage, secret, once, post };

/**
 * Carries the notices of a batch to their channels, each once. What a channel did not take stays in its queue and comes
 * back after the queue's visibility timeout.
 *
 * @param send posts one notice; whatever it throws keeps the message in the queue
 */
export async function deliver<Kind extends PostedKind>(
  { Records }: Batch,
  kind: Kind,
  send: (channel: Extract<Channel, { kind: Kind }>, notice: Notice) => Promise<void>,
  { stage, once }: Pick<typeof delivery, 'stage' | 'once'>,
): Promise<Kept> {
  const batchItemFailures: Kept['batchItemFailures'] = [];
  const begun = Date.now();
  for (const { messageId, body, eventSourceARN } of Records) {
    const name = channelName(eventSourceARN, stage());
    try {
      const channel = channelOf(name, kind, stage());
      if (Date.now() - begun > BATCH_MS) throw new ChannelUnavailable('the channel is slow: left for the next batch');
      const notice = asNotice(body, stage().stage);
      await once(`${name} ${notice.id}`, () => send(channel, notice));
    } catch (thrown) {
      const { name: error, message } = asError(thrown);
      console.error(JSON.stringify({ error, message, channel: name, messageId }));
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/** A queue is named after its channel: `lamplighter-<stage>-<channel>`. */
function channelName(queueArn: string, { stage }: CompiledStage): string {
  return queueArn.split(':').at(-1)?.replace(`lamplighter-${stage}-`, '') ?? '';
}

function channelOf<Kind extends PostedKind>(
  name: string,
  kind: Kind,
  { notify }: CompiledStage,
): Extract<Channel, { kind: Kind }> {
  const channel = Object.hasOwn(notify.channels, name) ? notify.channels[name] : undefined;
  if (channel && isOf(channel, kind)) return channel;
  throw new ChannelUnavailable(`the queue ${name} belongs to no channel of the kind ${kind}`);
}

function isOf<Kind extends PostedKind>(channel: Channel, kind: Kind): channel is Extract<Channel, { kind: Kind }> {
  return channel.kind === kind;
}

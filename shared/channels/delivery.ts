import { asError, ChannelUnavailable, WebhookDeleted } from '../errors.ts';
import type { Because, Message } from '../messages/message.ts';
import type { Channel, ChannelOf, CompiledStage } from '../stage/compiled.ts';
import { deployedStage } from '../stage/deployed.ts';
import { showOnce } from '../state/shown.ts';
import { getThread } from '../state/threads.ts';
import { takeTurn } from '../state/turns.ts';
import { type Shown, step } from '../threads/show.ts';
import { type Signal, signal, signalChannel } from '../threads/signals.ts';
import { incidentState, messageOf, type Thread } from '../threads/thread.ts';
import type { Batch, Kept } from './delivered.ts';

/** After this nothing more of a batch is begun: an attempt takes up to 15 s, and the function has 30. */
const BATCH_MS = 10_000;
/** A channel that has not taken something for so long is down, and another one carries it. */
const DOWN_MS = 30 * 60_000;

export const delivery = {
  ...{ stage: deployedStage, getThread, showOnce, takeTurn, signalChannel },
  now: Date.now,
};

/** What a kind of channel can do. */
export interface Adapter<Kind extends Channel['kind']> {
  kinds: Kind[];
  canEdit: boolean;
  /** How many messages it takes in any minute. */
  perMinute: number;
  /**
   * Shows a message: as a new one, or in the place of the one that is named.
   *
   * @returns the channel's own name of it, where it can be edited; whatever it throws keeps the signal in the queue
   */
  show(
    channel: ChannelOf<Kind> & { name: string },
    message: Message,
    stage: CompiledStage,
    edited?: string,
  ): Promise<string | undefined>;
}

/**
 * Shows the threads that a batch of signals names in their channels, each as it is now. What a channel did not take stays
 * in its queue and comes back after the queue's visibility timeout.
 */
export async function deliver<Kind extends Channel['kind']>(
  { Records }: Batch,
  adapter: Adapter<Kind>,
  effects: typeof delivery,
): Promise<Kept> {
  const batchItemFailures: Kept['batchItemFailures'] = [];
  const begun = effects.now();
  for (const { messageId, body, eventSourceARN } of Records) {
    const name = channelName(eventSourceARN, effects.stage());
    try {
      const channel = channelOf(name, adapter.kinds, effects.stage());
      if (effects.now() - begun > BATCH_MS)
        throw new ChannelUnavailable('the channel is slow: left for the next batch');
      await showThread(signal.parse(JSON.parse(body)), name, channel, adapter, effects);
    } catch (thrown) {
      const { name: error, message } = asError(thrown);
      console.error(JSON.stringify({ error, message, channel: name, messageId }));
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

async function showThread<Kind extends Channel['kind']>(
  { workload, thread: name, because, isDue }: Signal,
  channelName: string,
  channel: ChannelOf<Kind>,
  { canEdit, perMinute, show }: Adapter<Kind>,
  effects: typeof delivery,
): Promise<void> {
  const stage = effects.stage();
  const thread = await effects.getThread(workload, name);
  if (!thread) throw new ChannelUnavailable(`there is no thread ${workload} ${name} (any more)`);
  const windowMs = stage.notify.windowSeconds * 1000;
  await effects.showOnce({ workload, thread: name, channel: channelName }, (before) => {
    const next = step(thread, before, { because, isDue }, { canEdit, now: effects.now(), windowMs });
    if (next === 'nothing') return undefined;
    return async () => {
      await effects.takeTurn(channelName, perMinute);
      try {
        const edited = next === 'edit' ? before?.messageId : undefined;
        const messageId = await show({ ...channel, name: channelName }, messageOf(thread, because), stage, edited);
        return remember(thread, before, because, { messageId, isEdit: next === 'edit', now: effects.now() });
      } catch (thrown) {
        await fallBack(asError(thrown), thread, channelName, channel, because, effects);
        throw thrown;
      }
    };
  });
}

function remember(
  thread: Thread,
  before: Shown | undefined,
  because: Because | undefined,
  { messageId, isEdit, now }: { messageId: string | undefined; isEdit: boolean; now: number },
): Shown {
  const { openedAt, revision, severity } = thread;
  const isSame = before?.openedAt === openedAt;
  return {
    ...{ openedAt, revision, severity, state: incidentState(thread) ?? 'progress' },
    postedAt: isEdit && before ? before.postedAt : now,
    ...(messageId !== undefined && { messageId }),
    because: [...(isSame ? before.because : []), ...(because ? [because.id] : [])],
  };
}

/** Has the next channel carry what this one does not take: what is critical at once, the rest when this one is down. */
async function fallBack(
  { name, message }: Error,
  thread: Thread,
  from: string,
  { fallback }: Channel,
  because: Because | undefined,
  effects: typeof delivery,
): Promise<void> {
  const isDown = name === WebhookDeleted.name || effects.now() - thread.lastAt > DOWN_MS;
  // One that was carried here already goes no further: it would come back to where it began.
  if (fallback === undefined || because?.what === 'fallback') return;
  if (!isDown && thread.severity !== 'critical') return;
  const { workload, thread: of } = thread;
  const why: Because = { id: `fallback ${from}`, what: 'fallback', channel: from, why: statusOf(message) };
  await effects.signalChannel(effects.stage().stage, fallback, { workload, thread: of, because: why });
}

/** What an error says, as short as it can be put into any language: the status that a webhook answered. */
function statusOf(message: string): string {
  return message.match(/answered (\d{3})/)?.[1] ?? message;
}

/** A queue is named after its channel: `lamplighter-<stage>-<channel>`. */
function channelName(queueArn: string, { stage }: CompiledStage): string {
  return queueArn.split(':').at(-1)?.replace(`lamplighter-${stage}-`, '') ?? '';
}

function channelOf<Kind extends Channel['kind']>(
  name: string,
  kinds: Kind[],
  { notify }: CompiledStage,
): ChannelOf<Kind> {
  const channel = Object.hasOwn(notify.channels, name) ? notify.channels[name] : undefined;
  if (channel && isOf(channel, kinds)) return channel;
  throw new ChannelUnavailable(`the queue ${name} belongs to no channel of the kind ${kinds.join(' or ')}`);
}

function isOf<Kind extends Channel['kind']>(channel: Channel, kinds: Kind[]): channel is ChannelOf<Kind> {
  return kinds.some((kind) => kind === channel.kind);
}

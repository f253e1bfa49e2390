import axios from 'axios';
import { asError, ChannelUnavailable } from '../../shared/errors.ts';
import { secret } from '../../shared/secrets.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { once } from '../../shared/state/said.ts';
import { wrap } from '../../shared/wrap.ts';
import { asNotice } from './alarm.ts';
import { type Input, input, message, type Output } from './contract.ts';
import { render } from './render.ts';

const real = { stage: deployedStage, secret, once, post };

/** Carries notices from the channel's queue to its webhook; what Discord did not take stays in the queue. */
export async function notifyDiscord({ Records }: Input, effects = real): Promise<Output> {
  const batchItemFailures: Output['batchItemFailures'] = [];
  for (const { messageId, body, eventSourceARN } of Records) {
    try {
      const notice = asNotice(message.parse(JSON.parse(body)), effects.stage().stage);
      const [name, webhook] = channelOf(eventSourceARN, effects.stage());
      await effects.once(`${name} ${notice.id}`, async () =>
        effects.post(await effects.secret(webhook), render(notice)),
      );
    } catch (error) {
      console.error(JSON.stringify({ error: asError(error).name, message: asError(error).message, messageId }));
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/** A queue is named after its channel: `lamplighter-<stage>-<channel>`. */
function channelOf(queueArn: string, { stage, notify }: ReturnType<typeof deployedStage>): [string, string] {
  const name = queueArn.split(':').at(-1)?.replace(`lamplighter-${stage}-`, '') ?? '';
  const channel = notify.channels[name];
  if (channel?.kind === 'discord') return [name, channel.webhook];
  throw new ChannelUnavailable(`queue ${queueArn} belongs to no Discord channel of the stage`);
}

/** The address is the secret, so no error may carry it: only the status leaves here. */
async function post(webhook: string, message: object): Promise<void> {
  const response = await axios
    .post(webhook, message, { timeout: 5000, validateStatus: () => true })
    .catch((error: { code?: string }) => {
      throw new ChannelUnavailable(`Discord did not answer: ${error.code ?? 'no code'}`);
    });
  if (response.status >= 300) throw new ChannelUnavailable(`Discord answered ${response.status}`);
}

export const handler = wrap(input, notifyDiscord);

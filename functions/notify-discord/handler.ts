import { type Adapter, deliver, delivery } from '../../shared/channels/delivery.ts';
import { post } from '../../shared/channels/post.ts';
import { secret } from '../../shared/channels/secrets.ts';
import { WebhookDeleted } from '../../shared/errors.ts';
import { wrap } from '../../shared/wrap.ts';
import { editAddress, postAddress } from './addresses.ts';
import { buttonsOf } from './buttons.ts';
import { type Input, input, type Output } from './contract.ts';
import { pictureOf } from './picture.ts';
import { render } from './render.ts';

/** Shows threads in their channels of Discord; what it did not take stays in the queue. */
export function notifyDiscord(batch: Input, effects = { ...delivery, post, secret }): Promise<Output> {
  const discord: Adapter<'discord'> = {
    kinds: ['discord'],
    canEdit: true,
    // @source https://docs.discord.com/developers/topics/rate-limits and what its webhooks answer: 30 a minute to a channel
    perMinute: 30,
    async show({ webhook, buttons = false }, message, stage, edited) {
      const address = await effects.secret(webhook);
      const file = pictureOf(message.notice);
      const body = {
        ...render(message, stage, file?.name),
        ...(buttons && { components: buttonsOf(message, stage) }),
      };
      if (edited !== undefined) {
        try {
          await effects.post(editAddress(address, edited, buttons), body, { method: 'patch', file });
          return edited;
        } catch (error) {
          // Somebody deleted the message; whether the webhook is there, the next post shows.
          if (!(error instanceof WebhookDeleted)) throw error;
        }
      }
      const answer = await effects.post(postAddress(address, buttons), body, { file });
      return (answer as { id?: string } | undefined)?.id;
    },
  };
  return deliver(batch, discord, effects);
}

export const handler = wrap(input, notifyDiscord);

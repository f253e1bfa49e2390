import { type Adapter, deliver, delivery } from '../../shared/channels/delivery.ts';
import { post } from '../../shared/channels/post.ts';
import { secret } from '../../shared/channels/secrets.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { render } from './render.ts';
import { signature } from './signature.ts';

/** Posts threads to the channel's address, signed; what was not taken stays in the queue. */
export function notifyWebhook(batch: Input, effects = { ...delivery, post, secret }): Promise<Output> {
  const webhook: Adapter<'webhook'> = {
    kinds: ['webhook'],
    canEdit: false,
    perMinute: 300,
    async show({ url, secret }, message, stage) {
      const address = url.startsWith('ssm:') ? await effects.secret(url) : url;
      const key = await effects.secret(secret);
      const headersFor = (body: string) => ({ 'x-lamplighter-signature': signature(body, key) });
      await effects.post(address, render(message, stage), { headersFor });
      return undefined;
    },
  };
  return deliver(batch, webhook, effects);
}

export const handler = wrap(input, notifyWebhook);

import { deliver, delivery } from '../../shared/delivery.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { render } from './render.ts';
import { signature } from './signature.ts';

/** Carries notices from the channel's queue to its address, signed; what was not taken stays in the queue. */
export function notifyWebhook(batch: Input, effects = delivery): Promise<Output> {
  return deliver(
    batch,
    'webhook',
    async ({ url, secret }, notice) => {
      const address = url.startsWith('ssm:') ? await effects.secret(url) : url;
      const key = await effects.secret(secret);
      await effects.post(
        address,
        render({ notice, thread: notice.id, earlier: [], dropped: 0 }, effects.stage()),
        (body) => ({
          'x-lamplighter-signature': signature(body, key),
        }),
      );
    },
    effects,
  );
}

export const handler = wrap(input, notifyWebhook);

import { type Adapter, deliver, delivery } from '../../shared/channels/delivery.ts';
import { post } from '../../shared/channels/post.ts';
import { secret } from '../../shared/channels/secrets.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { render } from './render.ts';

/** @source https://docs.slack.dev/apis/web-api/rate-limits: one message a second to a webhook, short bursts aside. */
const SPACING_MS = 1000;

/** Shows threads in their channels of Slack; what it did not take stays in the queue. */
export function notifySlack(batch: Input, effects = { ...delivery, pause, post, secret }): Promise<Output> {
  let isFirst = true;
  const slack: Adapter<'slack'> = {
    kinds: ['slack'],
    canEdit: false,
    perMinute: 60,
    async show({ webhook }, message, stage) {
      if (!isFirst) await effects.pause(SPACING_MS);
      isFirst = false;
      await effects.post(await effects.secret(webhook), render(message, stage));
      return undefined;
    },
  };
  return deliver(batch, slack, effects);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export const handler = wrap(input, notifySlack);

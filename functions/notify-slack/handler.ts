import { deliver, delivery } from '../../shared/delivery.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { render } from './render.ts';

/** @source https://docs.slack.dev/apis/web-api/rate-limits: one message a second to a webhook, short bursts aside. */
const SPACING_MS = 1000;

/** Carries notices from the channel's queue to its webhook; what Slack did not take stays in the queue. */
export function notifySlack(batch: Input, effects = { ...delivery, pause }): Promise<Output> {
  let isFirst = true;
  return deliver(
    batch,
    'slack',
    async ({ webhook }, notice) => {
      if (!isFirst) await effects.pause(SPACING_MS);
      isFirst = false;
      await effects.post(
        await effects.secret(webhook),
        render({ notice, thread: notice.id, earlier: [], dropped: 0 }, effects.stage()),
      );
    },
    effects,
  );
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export const handler = wrap(input, notifySlack);

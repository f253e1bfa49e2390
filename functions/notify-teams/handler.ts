import { deliver, delivery } from '../../shared/delivery.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { render } from './render.ts';

/** Carries notices from the channel's queue to its workflow; what Teams did not take stays in the queue. */
export function notifyTeams(batch: Input, effects = delivery): Promise<Output> {
  return deliver(
    batch,
    'teams',
    async ({ webhook }, notice) =>
      effects.post(
        await effects.secret(webhook),
        render({ notice, thread: notice.id, earlier: [], dropped: 0 }, effects.stage()),
      ),
    effects,
  );
}

export const handler = wrap(input, notifyTeams);

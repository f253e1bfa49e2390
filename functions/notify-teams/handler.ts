import { type Adapter, deliver, delivery } from '../../shared/channels/delivery.ts';
import { post } from '../../shared/channels/post.ts';
import { secret } from '../../shared/channels/secrets.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { render } from './render.ts';

/** Shows threads in their channels of Teams; what it did not take stays in the queue. */
export function notifyTeams(batch: Input, effects = { ...delivery, post, secret }): Promise<Output> {
  const teams: Adapter<'teams'> = {
    kinds: ['teams'],
    canEdit: false,
    perMinute: 60,
    async show({ webhook }, message, stage) {
      await effects.post(await effects.secret(webhook), render(message, stage));
      return undefined;
    },
  };
  return deliver(batch, teams, effects);
}

export const handler = wrap(input, notifyTeams);

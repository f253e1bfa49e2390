import { asNotice } from '../../shared/channels/delivered.ts';
import { asError } from '../../shared/errors.ts';
import { wrap } from '../../shared/wrap.ts';
import { real } from './change.ts';
import { errand, type Input, input, type Output } from './contract.ts';
import { take, takeUp } from './take.ts';

/** Folds each notice into its thread and has the channels look at it that are to be told; what fails comes again. */
export async function routeNotices({ Records }: Input, effects = real): Promise<Output> {
  const batchItemFailures: Output['batchItemFailures'] = [];
  for (const { messageId, body } of Records) {
    try {
      const asked = errand.safeParse(JSON.parse(body)).data;
      if (!asked) await take(asNotice(body, effects.stage()), effects);
      else if ('follow' in asked) await takeUp(asked.follow, effects);
      else await effects.beat(effects.stage());
    } catch (thrown) {
      const { name: error, message } = asError(thrown);
      console.error(JSON.stringify({ error, message, messageId }));
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

export const handler = wrap(input, routeNotices);

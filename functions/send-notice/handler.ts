import { describeCaught } from '../../shared/caught.ts';
import { publish } from '../../shared/notices.ts';
import { notAdmittedNotice, startedNotice } from '../../shared/run-notices.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input } from './contract.ts';

/** Says what a state machine asks to be said: the words are ours, the topic delivers. */
export async function sendNotice(event: Input, effects = { publish, stage: deployedStage }): Promise<{ id: string }> {
  const stage = effects.stage();
  const notice =
    event.event === 'run-started'
      ? startedNotice(event.run, event.foundOn, stage)
      : notAdmittedNotice(event.request, describeCaught(event.error), stage);
  await effects.publish(notice);
  return { id: notice.id };
}

export const handler = wrap(input, sendNotice);

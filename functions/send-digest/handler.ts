import { digestNotice } from '../../shared/digest/notice.ts';
import { publish } from '../../shared/notices/notice.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { gather } from './gather.ts';
import { spanOf } from './span.ts';

const real = { gather, publish, stage: deployedStage, now: Date.now };

/** Says what happened in a day, a week or a month, what was spent, and what a person should look at. */
export async function sendDigest({ period, scheduledFor }: Input, effects = real): Promise<Output> {
  const stage = effects.stage();
  const span = spanOf(period, Date.parse(scheduledFor), stage.timezone);
  const facts = await effects.gather(span, stage);
  const notice = digestNotice(facts, stage, effects.now());
  await effects.publish(notice);
  return { id: notice.id };
}

export const handler = wrap(input, sendDigest);

import { describeCaught } from '../../shared/caught.ts';
import { emergencyBeginsNotice, emergencyEndsNotice } from '../../shared/notices/emergency.ts';
import { environmentBeginsNotice } from '../../shared/notices/environment.ts';
import { notAdmittedNotice } from '../../shared/notices/lost.ts';
import { type Notice, publish } from '../../shared/notices/notice.ts';
import { startedNotice } from '../../shared/notices/run.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input } from './contract.ts';

/** Says what a state machine asks to be said: the words are ours, the topic delivers. */
export async function sendNotice(event: Input, effects = { publish, stage: deployedStage }): Promise<{ id: string }> {
  const notice = wordsFor(event, effects.stage());
  await effects.publish(notice);
  return { id: notice.id };
}

function wordsFor(event: Input, stage: CompiledStage): Notice {
  if (event.event === 'run-started') return startedNotice(event.run, event.foundOn, stage);
  if (event.event === 'environment-begins') return environmentBeginsNotice(event.run, stage);
  if (event.event === 'emergency-begins') return emergencyBeginsNotice(event, stage, Date.now());
  if (event.event === 'emergency-ends') return emergencyEndsNotice(event, stage, Date.now());
  return notAdmittedNotice({ ...event.request, act: event.act }, describeCaught(event.error), stage);
}

export const handler = wrap(input, sendNotice);

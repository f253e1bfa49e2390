import type { Overrides, Word } from '../shared/time/plan-rows.ts';
import type { invokeDeployed } from './deployed.ts';
import type { Serverless } from './framework.ts';
import { ask, NotAnswered } from './ops/ask.ts';

interface Answer {
  overrides?: (Word & { workload?: string })[];
}

/**
 * What people have said that holds now, asked of the deployed function.
 *
 * @throws NotAnswered
 */
export async function liveOverrides(serverless: Serverless, invoke?: typeof invokeDeployed): Promise<Overrides> {
  const answer = await ask<Answer | null>(serverless, 'listOverrides', {}, invoke);
  if (!answer?.overrides) throw new NotAnswered('listOverrides answers something else: deploy this version first');
  const overrides: Overrides = {};
  for (const { workload = '', ...word } of answer.overrides)
    overrides[workload] = [...(overrides[workload] ?? []), word];
  return overrides;
}

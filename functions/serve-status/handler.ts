import { asError } from '../../shared/errors.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { ofAccess, refusal } from './access.ts';
import { answersOf } from './answers.ts';
import { gateAsset, pageAsset } from './assets.ts';
import { type Input, input, type Output } from './contract.ts';
import { history } from './history.ts';
import { answer } from './http.ts';
import { memo } from './memo.ts';
import { statusNow } from './now.ts';
import { pageOf } from './page.ts';
import { problem } from './problem.ts';

const real = {
  ...{ ...ofAccess, stage: deployedStage, pageAsset, gateAsset },
  status: memo(10_000, () => statusNow()),
  history: memo(60_000, () => history()),
};

/** Tells people and programs outside how everything is: the page, what it shows, and what front ends ask. */
export async function serveStatus(request: Input, effects = real): Promise<Output> {
  try {
    const page = pageOf(effects.stage());
    const open = effects.gateAsset(request.rawPath);
    if (open) return answer(request, open);
    const refused = await refusal(request, page, effects);
    if (refused) return refused;
    const content = (await answersOf(request, page, effects)) ?? effects.pageAsset(request.rawPath);
    return answer(request, content ?? problem(404, 'not-found'));
  } catch (error) {
    // Whoever asks is told that nobody knows, and not why.
    const { name, message } = asError(error);
    console.error(JSON.stringify({ error: name, message }));
    return answer(request, problem(503, 'unavailable', { 'retry-after': '15' }));
  }
}

export const handler = wrap(input, serveStatus);

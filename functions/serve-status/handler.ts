import { asError } from '../../shared/errors.ts';
import { answer } from '../../shared/http/answer.ts';
import { problem } from '../../shared/http/problem.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { ofAccess, refusal } from './access.ts';
import { answersOf, cors } from './answers.ts';
import { type Input, input, type Output } from './contract.ts';
import { history } from './history.ts';
import { memo } from './memo.ts';
import { statusNow } from './now.ts';
import { pageOf } from './page.ts';

const real = {
  ...{ ...ofAccess, stage: deployedStage },
  status: memo(10_000, () => statusNow()),
  history: memo(60_000, () => history()),
};

/** Tells people and programs outside how everything is, and how it was. */
export async function serveStatus(request: Input, effects = real): Promise<Output> {
  const page = pageOf(effects.stage());
  try {
    const refused = await refusal(request, page, effects);
    return refused ?? answer(request, (await answersOf(request, page, effects)) ?? problem(404, 'not-found'));
  } catch (error) {
    // Whoever asks is told that nobody knows, and not why.
    const { name, message } = asError(error);
    console.error(JSON.stringify({ error: name, message }));
    return answer(
      request,
      problem(503, 'unavailable', { 'retry-after': '15', ...cors(request.headers['origin'], page) }),
    );
  }
}

export const handler = wrap(input, serveStatus);

import { asError } from '../../shared/errors.ts';
import { answer } from '../../shared/http/answer.ts';
import { problem } from '../../shared/http/problem.ts';
import { wrap } from '../../shared/wrap.ts';
import { gateAsset, pageAsset } from './assets.ts';
import { type Input, input, type Output } from './contract.ts';

/** Gives browsers the status page, and the script that front ends load: the same for everybody, with nothing of anybody. */
export async function servePage(request: Input, effects = { pageAsset, gateAsset }): Promise<Output> {
  const { rawPath } = request;
  try {
    return answer(request, effects.pageAsset(rawPath) ?? effects.gateAsset(rawPath) ?? problem(404, 'not-found'));
  } catch (error) {
    const { name, message } = asError(error);
    console.error(JSON.stringify({ error: name, message }));
    return answer(request, problem(503, 'unavailable'));
  }
}

export const handler = wrap(input, servePage);

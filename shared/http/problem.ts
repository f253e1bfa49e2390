import type { ProblemAnswer } from '../status/answers.ts';
import type { Content } from './answer.ts';

/** What is answered where there is nothing to answer. */
export function problem(
  status: number,
  code: ProblemAnswer['error']['code'],
  headers: Record<string, string> = {},
): Content {
  return {
    status,
    body: JSON.stringify({ error: { code } } satisfies ProblemAnswer),
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  };
}

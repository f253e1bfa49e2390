import { type Content, tagOf } from '../../shared/http/answer.ts';
import { problem } from '../../shared/http/problem.ts';
import type { StatusPage } from '../../shared/stage/compiled.ts';
import type { HistoryAnswer, StatusAnswer } from '../../shared/status/answers.ts';
import type { Input } from './contract.ts';

interface Answers {
  status: () => Promise<StatusAnswer>;
  history: () => Promise<HistoryAnswer>;
}

const NAMES = /^\/(status|history)\.json$/;
/** How long, in seconds, an answer is as good as a new one. */
const GOOD = { status: 15, history: 60 };

/** `/status.json` and `/history.json`, as whoever asks may see them; undefined of any other path. */
export async function answersOf(
  { rawPath, queryStringParameters: { workload }, headers: { origin } }: Input,
  page: StatusPage,
  effects: Answers,
): Promise<Content | undefined> {
  const [, which] = NAMES.exec(rawPath) ?? [];
  if (which !== 'status' && which !== 'history') return undefined;
  const headers = { ...cors(origin, page), ...caching(GOOD[which], page), 'x-content-type-options': 'nosniff' };
  const all: StatusAnswer | HistoryAnswer = await effects[which]();
  const among = all.workloads.filter(({ name }) => workload === undefined || name === workload);
  if (workload !== undefined && among.length === 0) return problem(404, 'unknown-workload', headers);
  const asked = { ...all, workloads: among };
  const { at: _, ...rest } = asked;
  return {
    ...{ body: written(asked, page), headers: { 'content-type': 'application/json; charset=utf-8', ...headers } },
    // When it was looked at makes it no other answer.
    tag: tagOf(written(rest, page)),
  };
}

/** What people said and what went wrong is not for everybody. */
function written(answer: object, { access }: StatusPage): string {
  return JSON.stringify(answer, (key, value: unknown) => (access === 'public' && key === 'text' ? undefined : value));
}

/** Which page of another site may read it. */
export function cors(origin: string | undefined, { origins }: StatusPage): Record<string, string> {
  const isOurs = origin !== undefined && origins.includes(origin);
  return { vary: 'origin', ...(isOurs && { 'access-control-allow-origin': origin }) };
}

function caching(seconds: number, { access }: StatusPage): Record<string, string> {
  const whose = access === 'public' ? 'public' : 'private';
  return { 'cache-control': `${whose}, max-age=${seconds}, stale-while-revalidate=${4 * seconds}` };
}

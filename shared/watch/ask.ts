import { because } from '../reasons.ts';
import type { CheckOf } from '../stage/compiled.ts';
import { askHttp } from './http.ts';
import type { Result } from './result.ts';
import { askTcp } from './tcp.ts';

/** What is asked from here, over the network. */
export type Question = CheckOf<'http'> | CheckOf<'tcp'>;

export const real = { askHttp, askTcp };

/**
 * So many at once: a function of 256 MB has a sixth of a processor, and with more its own slowness would be taken for
 * theirs.
 */
const AT_ONCE = 100;
/** By then everything has an answer, or none is waited for: the function has a minute. */
const ALL_MS = 45_000;

/**
 * Asks everything, side by side, each with its own time and all with one.
 *
 * @returns the results in the order of the questions; `unknown` for what there was no time for
 */
export async function askAll(questions: Question[], effects = real, limits = { atOnce: AT_ONCE, allMs: ALL_MS }) {
  const results: Result[] = questions.map(() => ({ outcome: 'unknown', problem: because('notAsked') }));
  const all = new AbortController();
  const deadline = setTimeout(() => all.abort(), limits.allMs);
  const queue = questions.entries();
  const work = async () => {
    for (const [index, question] of queue) {
      if (all.signal.aborted) return;
      results[index] = await ask(question, all.signal, effects);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limits.atOnce, questions.length) }, work));
  clearTimeout(deadline);
  return results;
}

async function ask(question: Question, all: AbortSignal, effects: typeof real): Promise<Result> {
  const own = new AbortController();
  const stop = () => own.abort();
  all.addEventListener('abort', stop);
  // Not AbortSignal.timeout(), whose clock is not that of a rehearsal.
  const timer = setTimeout(stop, question.withinSeconds * 1000);
  try {
    return await (question.kind === 'http'
      ? effects.askHttp(question, own.signal)
      : effects.askTcp(question, own.signal));
  } catch {
    if (all.aborted) return { outcome: 'unknown', problem: because('notAsked') };
    const { withinSeconds } = question;
    return { outcome: 'failed', ms: withinSeconds * 1000, problem: because('noAnswerWithin', withinSeconds) };
  } finally {
    clearTimeout(timer);
    all.removeEventListener('abort', stop);
  }
}

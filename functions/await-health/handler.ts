import axios from 'axios';
import { DeadlineExceeded, InvalidInput, NotHealthy } from '../../shared/errors.ts';
import { deployedStage, deployedWorkload } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

/** As much as an answer may be long, in bytes: a health check is no download. */
const LONGEST_ANSWER = 1_000_000;

const real = { stage: deployedStage, get, now: Date.now };

/** Asks an environment how it is, once: it answers as the stage file wants, or the error's name says what now. */
export async function awaitHealth({ workload: name, upAt }: Input, effects = real): Promise<Output> {
  const workload = deployedWorkload(name, effects.stage());
  if (workload.kind !== 'environment' || !workload.health)
    throw new InvalidInput(`workload: ${name} has no health check`);
  const { url, contains, withinSeconds } = workload.health;
  const { status, problem } = await effects.get(url, contains);
  if (status !== undefined && !problem) return { status, at: new Date(effects.now()).toISOString() };
  const what = `${url} ${problem}`;
  if (effects.now() >= Date.parse(upAt) + withinSeconds * 1000)
    throw new DeadlineExceeded(`${what}, ${Math.round(withinSeconds / 60)} minutes after the environment came up`);
  throw new NotHealthy(what);
}

/** One request. Whatever goes wrong with it is an answer: nobody is there yet. */
async function get(url: string, contains?: string): Promise<{ status?: number; problem?: string }> {
  try {
    const { status, data } = await axios.get<string>(url, {
      timeout: 10_000,
      maxRedirects: 3,
      maxContentLength: LONGEST_ANSWER,
      responseType: 'text',
      // As text, also where it is JSON: what it contains is looked for as it is written.
      transformResponse: (text) => text,
      validateStatus: () => true,
    });
    if (status < 200 || status > 299) return { status, problem: `answers ${status}` };
    const isMissing = contains !== undefined && !String(data).includes(contains);
    return { status, ...(isMissing && { problem: `answers ${status} without ${contains}` }) };
  } catch (error) {
    return { problem: `does not answer (${error instanceof Error ? error.message : String(error)})` };
  }
}

export const handler = wrap(input, awaitHealth);

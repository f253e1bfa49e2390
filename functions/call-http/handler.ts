import { secret } from '../../shared/channels/secrets.ts';
import { HttpFailed, InvalidInput } from '../../shared/errors.ts';
import { factsOf, type OfRun } from '../../shared/pipeline/ask.ts';
import { numbersIn } from '../../shared/pipeline/numbers.ts';
import { because } from '../../shared/pipeline/reasons.ts';
import { request } from '../../shared/pipeline/request.ts';
import { deployedPipelineStep, deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { stage: deployedStage, secret, request, now: Date.now };

/** Makes the HTTP call of a step, and judges its answer by the status. */
export async function callHttp({ step, run }: Input, effects = real): Promise<Output> {
  const { work } = deployedPipelineStep(run.workload, step, effects.stage());
  if (work.by !== 'http') throw new InvalidInput(`step: ${step} of ${run.workload} is no HTTP call`);
  const headers = { ...(await resolved(work.headers, effects.secret)), ...headersOf(run, step) };
  const begun = effects.now();
  const { status, text } = await effects.request({ ...work, headers });
  const ended = effects.now();
  const known = { numbers: numbersIn(text), startedAt: iso(begun), endedAt: iso(ended) };
  const isRight = work.status === undefined ? status >= 200 && status <= 299 : status === work.status;
  if (isRight) return { status, ...known };
  throw new HttpFailed(JSON.stringify({ message: because('answers', status), ...known }));
}

/** Who is called can tell by them which call is which, and that one comes again. */
function headersOf(run: OfRun, step: string): Record<string, string> {
  const { pipeline, run: key, date, generation } = factsOf(run, step);
  return {
    'user-agent': 'lamplighter',
    'idempotency-key': `${pipeline}/${key}/${step}/${generation}`,
    ...{ 'x-lamplighter-run': key, 'x-lamplighter-date': date, 'x-lamplighter-step': step },
  };
}

async function resolved(headers: Record<string, string>, secretOf: typeof secret): Promise<Record<string, string>> {
  const values = Object.entries(headers).map(async ([name, value]): Promise<[string, string]> => {
    return [name, value.startsWith('ssm:') ? await secretOf(value) : value];
  });
  return Object.fromEntries(await Promise.all(values));
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

export const handler = wrap(input, callHttp);

import { InvalidInput } from '../../shared/errors.ts';
import { deployedStage, deployedWorkload } from '../../shared/stage/deployed.ts';
import { closeBreaker } from '../../shared/state/breaker.ts';
import { holdBack, letGo } from '../../shared/state/gate.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input } from './contract.ts';

const real = { stage: deployedStage, holdBack, letGo, closeBreaker };

/** Carries out a person's word: pause, skip until, or resume, which also closes the breaker. */
export async function changeGate({ act, workload, until, by, why }: Input, effects = real): Promise<{ said: string }> {
  if (workload) deployedWorkload(workload, effects.stage());
  if (until !== undefined && Number.isNaN(Date.parse(until)))
    throw new InvalidInput(`until: "${until}" is not an ISO 8601 time`);
  if (act === 'skip' && !until) throw new InvalidInput('until: skip needs the time that it ends');
  const what = workload ?? 'the stage';
  console.info(JSON.stringify({ act, what, until, by, why }));
  if (act !== 'resume') {
    await effects.holdBack(workload, { act, by, why, at: new Date().toISOString(), ...(until && { until }) });
    return { said: `${act} ${what}${until ? ` until ${until}` : ''}` };
  }
  await effects.letGo(workload);
  const resumed = workload ? [workload] : Object.keys(effects.stage().workloads);
  for (const name of resumed) await effects.closeBreaker(name);
  return { said: `resume ${what}` };
}

export const handler = wrap(input, changeGate);

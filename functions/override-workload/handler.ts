import { InvalidInput } from '../../shared/errors.ts';
import { localTime } from '../../shared/slots.ts';
import { deployedWorkload } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { emergencyStop, real, remember, resume, start, stop } from './acts.ts';
import { type Input, input, type Output } from './contract.ts';
import { endOfDay, untilAt } from './until.ts';

/** Carries out a person's word, and remembers it with who, why and until when. */
export async function overrideWorkload(asked: Input, effects = real): Promise<Output> {
  const { act, workload: name, by, why } = asked;
  const stage = effects.stage();
  const workload = name === undefined ? undefined : deployedWorkload(name, stage);
  const timezone = workload?.timezone ?? stage.timezone;
  const until = endOf(asked, timezone, effects.now());
  console.info(JSON.stringify({ act, workload: name ?? 'the stage', until, by, why }));
  if (act === 'resume') await resume(asked, effects);
  else if (act === 'emergency-stop') await emergencyStop(asked, effects);
  else if (act !== 'start' && act !== 'stop') await remember({ ...asked, act, until }, effects);
  else if (name === undefined || !workload) throw new InvalidInput(`workload: ${act} needs one`);
  else if (act === 'start') await start({ ...asked, workload: name, until }, workload, effects);
  else await stop({ ...asked, workload: name, until }, workload, effects);
  return { said: `${act} ${name ?? 'the stage'}${until ? ` until ${until}` : ''}` };
}

/** When the word ends, as people in the zone read it. */
function endOf({ act, workload, until }: Input, timezone: string, now: number): string | undefined {
  if (until !== undefined && (act === 'resume' || act === 'emergency-stop'))
    throw new InvalidInput(`until: ${act} has no end`);
  if (workload !== undefined && act === 'emergency-stop')
    throw new InvalidInput('workload: emergency-stop is for the whole stage; stop is for one workload');
  if (until !== undefined) return localTime(untilAt(until, timezone, now), timezone);
  if (act === 'keep') throw new InvalidInput('until: keep needs the time that it ends, such as 22:00');
  return act === 'skip' ? localTime(endOfDay(timezone, now), timezone) : undefined;
}

export const handler = wrap(input, overrideWorkload);

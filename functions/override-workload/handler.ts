import { InvalidInput } from '../../shared/errors.ts';
import type { CompiledStage, Workload } from '../../shared/stage/compiled.ts';
import { deployedWorkload } from '../../shared/stage/deployed.ts';
import { localTime } from '../../shared/time/slots.ts';
import { wrap } from '../../shared/wrap.ts';
import { checkStart, type Effects, emergencyStop, real, remember, resume, start, stop } from './acts.ts';
import { again } from './again.ts';
import { type Input, input, type Output } from './contract.ts';
import { contend } from './contrary.ts';
import { endOfDay, untilAt } from './until.ts';

/** Carries out a person's word, and remembers it with who, why and until when. */
export async function overrideWorkload(asked: Input, effects = real): Promise<Output> {
  const { act, workload: name, by, why } = asked;
  const stage = effects.stage();
  const other = name === undefined ? undefined : notRun(name, act, stage);
  const workload = name === undefined || other ? undefined : deployedWorkload(name, stage);
  const { timezone } = other ?? workload ?? stage;
  const until = endOf(asked, timezone, effects.now());
  console.info(JSON.stringify({ act, workload: name ?? 'the stage', until, by, why }));
  const word = { ...asked, until };
  if (act === 'emergency-stop') await emergencyStop({ ...word, act }, effects);
  else if (act === 'rerun' || act === 'redrive' || act === 'catch-up')
    return again({ ...word, act }, workload, effects);
  else if (act === 'start' || act === 'stop') await atOnce({ ...word, act }, workload, effects);
  else {
    if (act === 'keep' && workload?.kind === 'pipeline')
      throw new InvalidInput(`act: ${name} is a pipeline, which leaves nothing on that could be kept`);
    await contend({ ...word, act }, effects);
    await (act === 'resume' ? resume(word, effects) : remember({ ...word, act }, effects));
  }
  return { said: `${act} ${name ?? 'the stage'}${until ? ` until ${until}` : ''}` };
}

/**
 * A service or a queue, neither of which has runs.
 *
 * @throws InvalidInput for what nobody can do to it
 */
function notRun(
  name: string,
  act: Input['act'],
  { services, queues }: CompiledStage,
): { timezone: string } | undefined {
  const service = Object.hasOwn(services, name) ? services[name] : undefined;
  const queue = Object.hasOwn(queues, name) ? queues[name] : undefined;
  if ((service ?? queue) && (act === 'rerun' || act === 'redrive' || act === 'catch-up'))
    throw new InvalidInput(`act: ${name} is no pipeline: ${act} is for those`);
  if (queue && (act === 'start' || act === 'stop'))
    throw new InvalidInput(`act: the workers of ${name} follow its queue: pause, skip, keep and resume are for it`);
  if (service && (act === 'start' || act === 'stop' || act === 'keep'))
    throw new InvalidInput(`act: ${name} is watched, not run: pause, skip and resume are for it`);
  return service ?? queue;
}

/** Starts or stops a workload now. */
async function atOnce(
  asked: Input & { act: 'start' | 'stop' },
  workload: Workload | undefined,
  effects: Effects,
): Promise<void> {
  const { act, workload: name } = asked;
  if (name === undefined || !workload) throw new InvalidInput(`workload: ${act} needs one`);
  if (act === 'start') checkStart(asked, workload, effects);
  await contend(asked, effects);
  await (act === 'start' ? start : stop)({ ...asked, workload: name }, workload, effects);
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

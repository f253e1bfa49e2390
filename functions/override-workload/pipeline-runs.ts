import { Temporal } from 'temporal-polyfill';
import { InvalidInput } from '../../shared/errors.ts';
import { digitsOf } from '../../shared/pipeline/execution-names.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import type { Again, Run } from '../../shared/state/runs.ts';
import { weekly } from '../../shared/time/planned.ts';
import { slotAt } from '../../shared/time/slots.ts';
import type { Effects } from './acts.ts';
import type { Input } from './contract.ts';
import { nameOf } from './execution-name.ts';

/** Among so many of its newest runs are those that people mean when they do not name one. */
export const PIPELINE_RUNS = 40;

type Named = Input & { workload: string };

/** Whether a run is one that somebody may want to have run again. */
export function badEnding({ status }: Run): boolean {
  return status === 'failed' || status === 'timed-out' || status === 'aborted';
}

/** Starts a run now, or one of another date that has not been. @throws InvalidInput when it has been, or is yet to come */
export async function startRun(asked: Named, workload: PipelineWorkload, effects: Effects): Promise<void> {
  const { workload: name, by, run: wanted, parameters, until } = asked;
  if (parameters) throw new InvalidInput(`parameters: ${name} is a pipeline, which takes none`);
  if (until) throw new InvalidInput(`until: ${name} is a pipeline, which leaves nothing on that could be kept`);
  if (!wanted) {
    await effects.startPipeline(name, nameOf(name, 'start', effects), { workload: name, by });
    return;
  }
  const known = await findRun(name, wanted, effects);
  if (known && known.status !== 'skipped')
    throw new InvalidInput(`run: ${name} ${known.key} has been run (${known.status}): rerun it`);
  if (known) return startAgain(known, {}, asked, effects);
  const slot = slotOf(name, wanted, workload, effects);
  if (slot.at > effects.now()) throw new InvalidInput(`run: ${slot.key} is yet to come`);
  const input = { workload: name, by, key: slot.key, scheduledFor: new Date(slot.at).toISOString() };
  await effects.startPipeline(name, nameOf(name, `${digitsOf(slot)}-start`, effects), input);
}

/** Begins the run again: the same run, in another execution. */
export async function startAgain(
  run: Run,
  again: Again,
  { workload: name, by }: Named,
  effects: Effects,
): Promise<void> {
  const { key, scheduledFor } = run;
  const input = { workload: name, by, key, scheduledFor, again };
  await effects.startPipeline(name, nameOf(name, `${digitsOf(run)}-again`, effects), input);
}

/** @param wanted its key, or its date where it had one run alone. @throws InvalidInput where there are several */
export async function findRun(name: string, wanted: string, effects: Effects): Promise<Run | undefined> {
  if (wanted.length > 10) return effects.getRun(name, wanted);
  const found = await effects.runsBetween(name, { from: wanted, before: `${wanted}U` });
  if (found.length < 2) return found[0];
  throw new InvalidInput(`run: ${name} has several on ${wanted}: ${found.map(({ key }) => key).join(', ')}`);
}

function slotOf(name: string, wanted: string, workload: PipelineWorkload, effects: Effects) {
  const times = weekly(workload, effects.stage().calendar).map(({ time }) => time);
  const time = wanted.slice(11, 16) || (times.length === 1 ? times[0] : undefined);
  if (time) return slotAt(Temporal.PlainDate.from(wanted.slice(0, 10)), time, workload.timezone);
  throw new InvalidInput(
    `run: say the time too, such as ${wanted}T${times[0] ?? '16:30'}: ${name} runs ${times.length > 0 ? `at ${times.join(', ')}` : `after ${workload.after}`}`,
  );
}

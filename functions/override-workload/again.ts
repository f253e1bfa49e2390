import { Temporal } from 'temporal-polyfill';
import { InvalidInput } from '../../shared/errors.ts';
import { catchUp, missedRuns } from '../../shared/pipeline/catch-up.ts';
import type { PipelineWorkload, Workload } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import { slotAt, slotKey } from '../../shared/time/slots.ts';
import type { Effects } from './acts.ts';
import type { Input, Output } from './contract.ts';
import { contend } from './contrary.ts';
import { badEnding, findRun, PIPELINE_RUNS, startAgain } from './pipeline-runs.ts';

/** Within so long after its end AWS lets an execution be driven again, and so do we. */
const REDRIVE_MS = 14 * 86_400_000;
/** How many runs are made up for at most: each waits for the one before. */
const AT_MOST = 60;

type Asked = Input & { act: 'rerun' | 'redrive' | 'catch-up' };

/** What people want of runs of a pipeline that are over, or that never were. */
export async function again(asked: Asked, workload: Workload | undefined, effects: Effects): Promise<Output> {
  const { act, workload: name } = asked;
  if (name === undefined || !workload) throw new InvalidInput(`workload: ${act} needs one`);
  if (workload.kind !== 'pipeline') throw new InvalidInput(`act: ${name} is no pipeline: start it once more instead`);
  const word = { ...asked, workload: name };
  if (act === 'catch-up') return makeUpFor(word, workload, effects);
  const run = await (act === 'redrive' ? toRedrive : toRerun)(word, workload, effects);
  await contend({ ...word, act: 'start' }, effects);
  const { from } = asked;
  const only = act === 'redrive' ? 'failed' : asked.only;
  await startAgain(run, { ...(from !== undefined && { from }), ...(only && { only }) }, word, effects);
  const what = only ? ', what failed and what comes after it' : from === undefined ? '' : `, from ${from}`;
  return { said: `${act} ${name} ${run.key}${what}` };
}

type Named = Asked & { workload: string };

/** @throws InvalidInput where nothing of it could be run again */
async function toRerun(asked: Named, workload: PipelineWorkload, effects: Effects): Promise<Run> {
  const { from, only, workload: name } = asked;
  if (from !== undefined && only) throw new InvalidInput('only: a run is run again from a step, or where it failed');
  if (from !== undefined && !Object.hasOwn(workload.steps, from))
    throw new InvalidInput(`from: ${name} has no step ${from}; it has: ${Object.keys(workload.steps).join(', ')}`);
  const run = await endedRun(asked, effects);
  if (only && run.status === 'succeeded') throw new InvalidInput(`only: nothing failed in ${name} ${run.key}`);
  return run;
}

/** @throws InvalidInput where nothing of it failed, or it is too long ago */
async function toRedrive(asked: Named, _: PipelineWorkload, effects: Effects): Promise<Run> {
  const { workload: name, from } = asked;
  if (from !== undefined) throw new InvalidInput('from: a redrive goes on where it failed; rerun is from a step');
  const run = await endedRun(asked, effects);
  if (!badEnding(run)) throw new InvalidInput(`run: nothing failed in ${name} ${run.key}, which ${run.status}`);
  if (effects.now() - Date.parse(run.endedAt ?? run.admittedAt) > REDRIVE_MS)
    throw new InvalidInput(
      `run: ${name} ${run.key} ended more than 14 days ago: rerun it instead, if that is still wanted`,
    );
  return run;
}

/** The run that is meant, or the newest that ended badly. @throws InvalidInput where there is none, or it goes on */
async function endedRun({ workload: name, run: asked }: Named, effects: Effects): Promise<Run> {
  const run = asked
    ? await findRun(name, asked, effects)
    : (await effects.newestRuns(name, PIPELINE_RUNS)).find(badEnding);
  if (!run)
    throw new InvalidInput(`run: ${name} has ${asked ? `no run of ${asked}` : 'no run that ended badly: name one'}`);
  if (run.status === 'running') throw new InvalidInput(`run: ${name} ${run.key} is still going on`);
  return run;
}

/**
 * Runs what was missed since the pipeline is looked after, oldest first: each waits for the end of the one before. A date of
 * before is for `start`, which is told it.
 */
async function makeUpFor(asked: Named, workload: PipelineWorkload, effects: Effects): Promise<Output> {
  const { workload: name, by, which, since } = asked;
  if (!which) throw new InvalidInput('which: say latest or all');
  const now = effects.now();
  const wanted = since ? slotAt(Temporal.PlainDate.from(since), '00:00', workload.timezone).at : now - REDRIVE_MS;
  // Of the time before nobody knows what was missed.
  const seen = (await effects.seenAt(name)) ?? now;
  const from = Math.max(wanted, seen);
  const looked = from > wanted ? ` (looked after since ${slotKey(seen, workload.timezone)})` : '';
  const missed = await missedRuns(name, workload, effects.stage(), { since: from, now }, effects);
  const meant = which === 'latest' ? missed.slice(-1) : missed;
  if (meant.length > AT_MOST)
    throw new InvalidInput(
      `since: ${meant.length} runs were missed since then, and at most ${AT_MOST} are made up for at once`,
    );
  if (meant.length === 0) return { said: `catch-up ${name}: nothing was missed${looked}` };
  await contend({ ...asked, act: 'start' }, effects);
  const keys = await catchUp(name, meant, { by, id: String(Math.floor(now / 1000)) }, effects);
  return { said: `catch-up ${name}: ${keys.join(', ')}${looked}` };
}

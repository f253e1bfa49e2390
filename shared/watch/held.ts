import type { CompiledStage, ServiceWorkload } from '../stage/compiled.ts';
import { factsOf } from '../state/facts.ts';
import { newestRuns } from '../state/runs.ts';
import { isWithinHours } from '../time/planned.ts';
import type { Held, Results } from './result.ts';

export const real = { newestRuns, factsOf };

/** So far back there is one that was not skipped; otherwise it has long been off. */
const RUNS = 20;
/** So long what has just come up takes to answer. */
const WARM_UP_MS = 5 * 60_000;

/**
 * Why what failed does not count: work is done on the service, what it is on is off by plan, or a person has paused it.
 * Asked only where something does not answer. That the whole stage is paused says nothing of how a service is.
 *
 * @param now milliseconds since the epoch
 */
export async function heldOf(
  name: string,
  service: ServiceWorkload,
  results: Results,
  stage: CompiledStage,
  now: number,
  effects = real,
): Promise<Held | undefined> {
  if (Object.values(results).every(({ outcome }) => outcome === 'ok')) return undefined;
  const held = await heldNow(service, stage, now, effects);
  if (held) return held;
  const { words } = await effects.factsOf(name, now);
  return words.some(({ act }) => act !== 'keep') ? 'paused' : undefined;
}

/** What is planned of it, however the service answers. */
export async function heldNow(
  { maintenance, offWith, timezone }: ServiceWorkload,
  stage: CompiledStage,
  now: number,
  effects: Pick<typeof real, 'newestRuns'> = real,
): Promise<Held | undefined> {
  if (maintenance.length > 0 && isWithinHours({ hours: maintenance, timezone }, stage.calendar, now))
    return 'maintenance';
  const areOff = await Promise.all(offWith.map((name) => isOff(name, stage, now, effects)));
  return areOff.includes(true) ? 'off' : undefined;
}

/**
 * Whether a batch has no run going on, or an environment was not brought up by the last that happened to it. While it is
 * being started it is not up yet; that it could not be is an incident of its own.
 */
async function isOff(
  name: string,
  { workloads }: CompiledStage,
  now: number,
  effects: Pick<typeof real, 'newestRuns'>,
): Promise<boolean> {
  const runs = await effects.newestRuns(name, RUNS);
  const last = runs.find(({ status }) => status !== 'skipped');
  // Of an environment that was up before anything was recorded nobody knows that it is off.
  if (!last) return workloads[name]?.kind === 'batch' || runs.length > 0;
  const isOn = last.kind === 'batch' ? last.status === 'running' : last.act === 'start' && last.status === 'succeeded';
  const since = Date.parse((last.kind === 'batch' ? last.startedAt : last.endedAt) ?? last.admittedAt);
  return !isOn || now < since + WARM_UP_MS;
}

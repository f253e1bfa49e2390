import type { CompiledStage, ServiceWorkload } from '../stage/compiled.ts';
import { getWatch } from '../state/health.ts';
import { heldBack } from '../state/overrides.ts';
import { newestRuns } from '../state/runs.ts';
import { openThreads } from '../state/threads.ts';
import { heldNow } from '../watch/held.ts';
import { ancestors } from '../watch/parents.ts';
import { isDown } from '../watch/state.ts';
import { because } from './reasons.ts';

export const real = { getWatch, heldBack, heldNow, newestRuns, openThreads };

/**
 * Why a service must not be touched now (law 7), whoever asks; undefined when nothing is against it. The control probe is not looked at here: it
 * is asked with the service.
 *
 * @param byPerson somebody asks for it, who may well be the one that sees to it
 * @param now milliseconds since the epoch
 */
export async function forbidden(
  name: string,
  service: ServiceWorkload,
  { stage, byPerson, now }: { stage: CompiledStage; byPerson: boolean; now: number },
  effects = real,
): Promise<string | undefined> {
  const held = await effects.heldNow(service, stage, now);
  if (held) return because(held === 'maintenance' ? 'maintenance' : 'offByPlan');
  const person = await effects.heldBack(name, now);
  if (person) return person;
  const parent = await parentDown(name, stage, effects);
  if (parent) return because('parentDown', parent);
  for (const other of service.offWith) {
    const [run] = await effects.newestRuns(other, 1);
    if (run?.status === 'running') return because('underWay', `${other} ${run.key}`);
  }
  const who = byPerson ? undefined : await seenToBy(name, effects);
  return who && because('seenTo', who);
}

async function parentDown(
  name: string,
  { services }: CompiledStage,
  effects: Pick<typeof real, 'getWatch'>,
): Promise<string | undefined> {
  const parents = ancestors(name, services);
  if (parents.length === 0) return undefined;
  const watch = await effects.getWatch();
  return parents.find((parent) => isDown(watch, parent));
}

/** Who has acknowledged that it is down, or that it could not be recovered. */
async function seenToBy(name: string, effects: Pick<typeof real, 'openThreads'>): Promise<string | undefined> {
  const open = await effects.openThreads();
  const of = open.filter(({ workload, thread }) => workload === name && /^cause (check |recovery$)/.test(thread));
  return of.flatMap(({ acknowledged }) => acknowledged?.by ?? [])[0];
}

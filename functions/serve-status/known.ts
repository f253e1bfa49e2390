import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { AT_ONCE, itemsOf, type Key } from '../../shared/state/batch.ts';
import { type Facts, factsIn } from '../../shared/state/facts.ts';
import { type Minute, minuteKey, stateIn, WATCH_KEY } from '../../shared/state/health.ts';
import { QUEUES_KEY, type QueueMemory, type QueuesState } from '../../shared/state/queues.ts';
import { newestRuns, type Run } from '../../shared/state/runs.ts';
import { workloadKey } from '../../shared/state/table.ts';
import type { WatchState } from '../../shared/watch/state.ts';
import { isVain } from './run.ts';

export const ofTheTable = { itemsOf, newestRuns };

/** What the table knows of how everything is now. */
export interface Known {
  ofStage: Facts;
  facts: (name: string) => Facts;
  /** The newest run of what runs. */
  run: (name: string) => Run | undefined;
  /** Whether a recovery of a service goes on. */
  isRecovering: (service: string) => boolean;
  watched: { minute?: Minute; state: WatchState };
  queues: { at: number; queues: Record<string, QueueMemory> };
}

/** So often the table is asked for an answer, however long its history is. */
const READS = 5;
const MINUTE_MS = 60_000;
/** The newest minute is from then on, or nothing was looked at lately. */
const LATELY_MINUTES = 5;
/** Longer than a row of holidays. */
const BEFORE = 20;
const OF_STAGE = ['gate', 'keep', 'budget'];
const OF_ONE = ['override', 'keep', 'breaker', 'lease', 'budget'];

/** @param now milliseconds since the epoch */
export async function ask(stage: CompiledStage, now: number, effects: typeof ofTheTable): Promise<Known> {
  const [workloads, services, queues] = [stage.workloads, stage.services, stage.queues].map(Object.keys);
  const names = [...(workloads ?? []), ...(services ?? []), ...(queues ?? [])];
  const keys = [
    ...OF_STAGE.map((sk) => ({ pk: 'stage', sk })),
    ...names.flatMap((name) => OF_ONE.map((sk) => workloadKey(name, sk))),
    ...(services?.length ? [WATCH_KEY, ...lately(now).map(minuteKey)] : []),
    ...(queues?.length ? [QUEUES_KEY] : []),
  ];
  const items = await effects.itemsOf<Record<string, unknown>>(keys);
  const at = ({ pk, sk }: Key) => items.find((item) => item.pk === pk && item.sk === sk);
  const of = (pk: string) => new Map(items.filter((item) => item.pk === pk).map((item) => [item.sk, item]));
  const holders = new Map(
    names.flatMap((name) => {
      const holder = at(workloadKey(name, 'lease'))?.['holder'];
      return holder === undefined ? [] : [[name, String(holder)]];
    }),
  );
  const reads = Math.ceil(keys.length / AT_ONCE);
  const runs = await newest(workloads ?? [], holders, READS - reads, effects);
  const facts = (name: string) => factsIn(of(workloadKey(name, '').pk), now);
  const minutes = items.filter(({ pk, sk }) => pk === WATCH_KEY.pk && sk !== WATCH_KEY.sk) as unknown as Minute[];
  const minute = minutes.toSorted((a, b) => b.at - a.at)[0];
  const memory = at(QUEUES_KEY) as Partial<QueuesState> | undefined;
  return {
    ofStage: factsIn(of('stage'), now),
    facts,
    run: (name) => runs.get(name),
    // Services on one machine share a lease, which says whose recovery has it.
    isRecovering: (service) => names.some((name) => facts(name).lease?.holder.startsWith(`${service} `)),
    watched: { ...(minute && { minute }), state: stateIn(at(WATCH_KEY)) },
    queues: { at: memory?.at ?? 0, queues: memory?.queues ?? {} },
  };
}

/**
 * The newest run of each that did something: the lease says which that is. Where it found nothing to do, or a person's shell
 * has had the lease since, the runs before are asked for, of as many as there are reads left.
 */
async function newest(
  names: string[],
  holders: ReadonlyMap<string, string>,
  reads: number,
  effects: typeof ofTheTable,
): Promise<Map<string, Run>> {
  const keys = names.flatMap((name) => {
    const holder = holders.get(name);
    return holder === undefined ? [] : [workloadKey(name, `run#${holder}`)];
  });
  const runs = new Map((await effects.itemsOf<Run>(keys)).map(byName));
  const doubtful = names.filter((name) => isDoubtful(runs.get(name)));
  const asked = doubtful.slice(0, reads - Math.ceil(keys.length / AT_ONCE));
  const found = await Promise.all(asked.map((name) => effects.newestRuns(name, BEFORE)));
  return new Map([...runs, ...found.flatMap((all) => all.find((run) => !isDoubtful(run)) ?? []).map(byName)]);
}

function byName(run: Run): [string, Run] {
  return [run.workload, run];
}

function isDoubtful(run: Run | undefined): boolean {
  return run === undefined || run.status === 'skipped' || isVain(run);
}

function lately(now: number): number[] {
  return Array.from({ length: LATELY_MINUTES + 1 }, (_, ago) => now - ago * MINUTE_MS);
}

import { isRecoverable } from '../../shared/recovery/rungs.ts';
import type { CompiledStage, ServiceWorkload } from '../../shared/stage/compiled.ts';
import { deployedService } from '../../shared/stage/deployed.ts';
import { type Facts, factsOf } from '../../shared/state/facts.ts';
import { type Minute, newestWatch } from '../../shared/state/health.ts';
import { newestRuns, type Run } from '../../shared/state/runs.ts';
import { downtimesBetween, hoursBetween } from '../../shared/state/uptime.ts';
import { incidentsOf } from '../../shared/threads/incident.ts';
import { localTime } from '../../shared/time/slots.ts';
import { windowsBetween } from '../../shared/time/windows.ts';
import { type Downtime, type Hour, uptimeOf } from '../../shared/uptime/uptime.ts';
import type { WatchState } from '../../shared/watch/state.ts';
import { wordAsRead } from './as-read.ts';
import type { ServiceStatus } from './contract.ts';
import { checksOf, nowOf } from './of-checks.ts';
import type { StageKnown } from './of-stage.ts';
import type { ServiceFacts } from './service-contract.ts';

export const ofAService = { newestWatch, factsOf, newestRuns, hoursBetween, downtimesBetween };

const DAY_MS = 86_400_000;
const AHEAD_MS = 35 * DAY_MS;
/** More than there may be on a day, with those that were skipped. */
const RUNS = 50;

/** What the last minutes showed of everything that is watched. */
export type Watched = { minute?: Minute; state: WatchState };

interface Known {
  facts: Facts;
  hours: Hour[];
  downtimes: Downtime[];
  runs: Run[];
}

/** The newest minute is from then on, or it was not looked at lately. */
const LATELY_MS = 5 * 60_000;

/** @param names those of the stage that are asked for; without any, nothing is asked */
export async function servicesAsRead(
  names: string[],
  stage: CompiledStage,
  ofStage: StageKnown,
  now: number,
  effects: typeof ofAService,
): Promise<[string, ServiceStatus][]> {
  if (names.length === 0) return [];
  const watched = await effects.newestWatch(now - LATELY_MS);
  return Promise.all(
    names.map(async (name): Promise<[string, ServiceStatus]> => {
      const service = deployedService(name, stage);
      const known = await askOfService(name, service, now, effects);
      return [name, serviceAsRead(name, service, stage, known, { watched, ofStage }, now)];
    }),
  );
}

async function askOfService(
  name: string,
  service: ServiceWorkload,
  now: number,
  effects: typeof ofAService,
): Promise<Known> {
  const [facts, hours, downtimes, runs] = await Promise.all([
    effects.factsOf(name, now),
    effects.hoursBetween(name, now - 30 * DAY_MS, now),
    // One that began before may last into the month.
    effects.downtimesBetween(name, now - 60 * DAY_MS, now),
    isRecoverable(service) ? effects.newestRuns(name, RUNS) : [],
  ]);
  return { facts, hours, downtimes, runs };
}

function serviceAsRead(
  name: string,
  service: ServiceWorkload,
  { calendar, timezone: stageZone }: CompiledStage,
  { facts, hours, downtimes, runs }: Known,
  { watched, ofStage }: { watched: Watched; ofStage: StageKnown },
  now: number,
): ServiceStatus {
  const { timezone, maintenance, openAfter } = service;
  const local = (instant: number) => localTime(instant, timezone);
  const [next] = windowsBetween({ hours: maintenance, timezone }, calendar, now, now + AHEAD_MS);
  const uptime = (days: number) => {
    const from = now - days * DAY_MS;
    const own = hours.filter(({ hour }) => Date.parse(`${hour}:00Z`) >= from);
    const { percent, downMinutes, downtimes: count } = uptimeOf(own, downtimes, from, now);
    return { ...(percent !== undefined && { percent }), downMinutes, downtimes: count };
  };
  return {
    ...{ kind: 'service', openAfter, ...nowOf(name, service, watched, downtimes) },
    ...(watched.minute && { checkedAt: local(watched.minute.at) }),
    checks: checksOf(name, service, watched),
    uptime: { day: uptime(1), week: uptime(7), month: uptime(30) },
    ...(next && { maintenance: { from: local(next.from), to: local(next.to) } }),
    ...(isRecoverable(service) && { recoveries: recoveriesOf(runs, service, local(now).slice(0, 10)) }),
    words: facts.words.map((word) => wordAsRead(word, timezone)),
    incidents: incidentsOf(
      ofStage.threads.filter((thread) => thread.workload === name),
      stageZone,
    ),
  };
}

/** As the cap of the day counts them: those in which something was done. */
function recoveriesOf(runs: Run[], { recover }: ServiceWorkload, today: string): ServiceFacts['recoveries'] {
  const done = runs.filter(({ key, steps = [] }) => key.startsWith(today) && steps.length > 0);
  const [last] = runs;
  return {
    ...{ today: done.length, atMost: recover?.perDay ?? 0 },
    ...(last && {
      last: {
        ...{ key: last.key, by: last.by, status: last.status },
        ...(last.reason && { reason: last.reason }),
        steps: (last.steps ?? []).map(({ rung, result, seconds }) => ({
          ...{ rung, ...(result !== undefined && { result }), ...(seconds !== undefined && { seconds }) },
        })),
        ...(last.status === 'running' && last.approval && { waitsFor: last.approval.rung }),
      },
    }),
  };
}

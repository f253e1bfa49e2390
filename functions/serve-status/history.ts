import type { QueueDay } from '../../shared/queues/day.ts';
import { isRecoverable } from '../../shared/recovery/rungs.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { daysBetween, type LedgerDay } from '../../shared/state/ledger.ts';
import { getQueues, queueDaysBetween } from '../../shared/state/queues.ts';
import { type Run, runsBetween } from '../../shared/state/runs.ts';
import { openThreads } from '../../shared/state/threads.ts';
import { downtimesBetween, hoursBetween } from '../../shared/state/uptime.ts';
import type { HistoryAnswer } from '../../shared/status/answers.ts';
import type { Thread } from '../../shared/threads/thread.ts';
import type { Downtime, Hour } from '../../shared/uptime/uptime.ts';
import { type Day, lastDays } from './days.ts';
import { incidentsOf } from './incidents.ts';
import { monthOf } from './month.ts';
import { headOf, pageOf, shownOf } from './page.ts';
import { isVain, runAnswer } from './run.ts';
import { workloadHistory } from './workload-history.ts';

const OF_TABLE = { daysBetween, downtimesBetween, getQueues, hoursBetween, openThreads, queueDaysBetween, runsBetween };
export const real = { ...OF_TABLE, stage: deployedStage, now: Date.now };

/** What is recorded of the days that are shown. */
export interface Recorded {
  days: Day[];
  /** Newest first. */
  ledger: LedgerDay[];
  threads: Thread[];
  /** Newest first; of a service its recoveries. */
  runs: ReadonlyMap<string, Run[]>;
  services: Record<string, { hours: Hour[]; downtimes: Downtime[] }>;
  queues: Record<string, QueueDay[]>;
}

const DAYS = 90;
/** Of one that runs every quarter of an hour, three weeks: what is older has its hours alone. */
const RUNS = 2000;
const SHOWN = 50;
const DAY_MS = 86_400_000;

/** What has happened in the last 90 days to everything that is shown. */
export async function history(effects = real): Promise<HistoryAnswer> {
  const now = effects.now();
  const stage = shownOf(effects.stage());
  const recorded = await ask(stage, now, effects);
  const { days, runs } = recorded;
  const month = pageOf(stage).spending ? monthOf(stage, recorded.ledger, days) : undefined;
  const ofRuns = Object.keys(stage.workloads).flatMap((name) => runs.get(name) ?? []);
  return {
    ...headOf(stage, now),
    days: days.map(({ date }) => date),
    workloads: workloadHistory(stage, recorded),
    ...(month && { month }),
    incidents: incidentsOf(stage, recorded, now).slice(0, SHOWN),
    runs: ofRuns
      .filter((run) => !isVain(run))
      .toSorted((a, b) => Date.parse(b.scheduledFor) - Date.parse(a.scheduledFor))
      .slice(0, SHOWN)
      .map((run) => runAnswer(run, stage)),
  };
}

async function ask(stage: CompiledStage, now: number, effects: typeof real): Promise<Recorded> {
  const days = lastDays(DAYS, stage.timezone, now);
  const from = days[0]?.from ?? now;
  const [first = '', today = ''] = [days[0]?.date, days.at(-1)?.date];
  const each = async <T>(names: string[], of: (name: string) => Promise<T>): Promise<Record<string, T>> =>
    Object.fromEntries(await Promise.all(names.map(async (name) => [name, await of(name)] as const)));
  const recovered = Object.keys(stage.services).filter((name) => isRecoverable(stage.services[name]));
  // Whatever the zone of a workload is, its today is not after the day after tomorrow.
  const before = new Date(now + 2 * DAY_MS).toISOString().slice(0, 10);
  const [ledger, threads, runs, services, queues] = await Promise.all([
    effects.daysBetween(first, today),
    effects.openThreads(),
    each([...Object.keys(stage.workloads), ...recovered], (name) =>
      effects.runsBetween(name, { from: first, before, limit: RUNS }),
    ),
    each(Object.keys(stage.services), async (name) => {
      const [hours, downtimes] = await Promise.all([
        effects.hoursBetween(name, from, now),
        // One that began before may last into the first day.
        effects.downtimesBetween(name, from - 30 * DAY_MS, now),
      ]);
      return { hours, downtimes };
    }),
    each(Object.keys(stage.queues), (name) => effects.queueDaysBetween(name, first, today)),
  ]);
  // The day that goes on is not over, and is where the queues are remembered.
  if (Object.keys(queues).length > 0) {
    const { queues: remembered } = await effects.getQueues();
    for (const [name, known] of Object.entries(queues)) {
      const last = remembered[name]?.today;
      if (last && !known.some(({ day }) => day === last.day)) known.push(last);
    }
  }
  return { days, ledger, threads, runs: new Map(Object.entries(runs)), services, queues };
}

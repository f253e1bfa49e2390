import type { QueueDay } from '../../shared/queues/day.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { Bar, WorkloadHistory } from '../../shared/status/answers.ts';
import { type Downtime, type Hour, uptimeOf } from '../../shared/uptime/uptime.ts';
import type { Day } from './days.ts';
import type { Recorded } from './history.ts';
import { isFailure, isVain } from './run.ts';

/** So long down on a day is bad. */
const BAD_MINUTES = 60;

/** How each day was for everything, in the order of the status. */
export function workloadHistory({ workloads, services, queues }: CompiledStage, recorded: Recorded): WorkloadHistory[] {
  const { days, runs } = recorded;
  return [
    ...Object.entries(workloads).map(([name, { kind }]) => ({
      ...{ name, kind },
      ...counted(days.map((day) => ofRuns(day, runs.get(name) ?? [], name, recorded))),
    })),
    ...Object.keys(services).map((name) => ofService(name, recorded)),
    ...Object.keys(queues).map((name) => {
      const known = new Map((recorded.queues[name] ?? []).map((day) => [day.day, day]));
      return { name, kind: 'queue' as const, ...counted(days.map(({ date }) => ofQueue(known.get(date)))) };
    }),
  ];
}

function counted(bars: Bar[]): Pick<WorkloadHistory, 'bars' | 'succeeded' | 'failed'> {
  const sum = (of: 'succeeded' | 'failed') => bars.reduce((all, bar) => all + (bar[of] ?? 0), 0);
  return { succeeded: sum('succeeded'), failed: sum('failed'), bars };
}

/** A run counts on the day that it is named by; a run that goes on has not failed. */
function ofRuns({ date }: Day, all: Run[], name: string, { ledger }: Recorded): Bar {
  const runs = all.filter((run) => run.key.startsWith(date) && !isVain(run));
  const failed = runs.filter(isFailure).length;
  const skipped = runs.filter(({ status }) => status === 'skipped').length;
  const succeeded = runs.filter(({ status }) => status === 'succeeded').length;
  const known = ledger.find((day) => day.day === date && Object.hasOwn(day.workloads, name));
  const spent = known?.workloads[name];
  const isKnown = all.some(({ key }) => key.slice(0, 10) <= date) || ledger.some(knows(name, date));
  const hasRun = runs.length > skipped || (spent?.onSeconds ?? 0) > 0;
  return {
    level: failed > 0 ? (succeeded > 0 ? 'fair' : 'bad') : hasRun ? 'good' : isKnown ? 'idle' : 'unknown',
    ...(spent && { onHours: hours(spent.onSeconds) }),
    ...(succeeded > 0 && { succeeded }),
    ...(failed > 0 && { failed }),
    ...(skipped > 0 && { skipped }),
  };
}

/** Whether a day of the ledger says that something was there on a date, or before. */
function knows(name: string, date: string): (day: Recorded['ledger'][number]) => boolean {
  return ({ day, workloads }) => day <= date && Object.hasOwn(workloads, name);
}

function ofService(name: string, { days, services }: Recorded): WorkloadHistory {
  const { hours: all, downtimes } = services[name] ?? { hours: [], downtimes: [] };
  const [first, last] = [days[0], days.at(-1)];
  const { percent } = uptimeOf(
    within(all, first?.from ?? 0, last?.to ?? 0),
    downtimes,
    first?.from ?? 0,
    last?.to ?? 0,
  );
  return {
    ...{ name, kind: 'service', ...(percent !== undefined && { percent: rounded(percent) }) },
    bars: days.map(({ from, to }) => ofWatched(within(all, from, to), downtimes, from, to)),
  };
}

/** What is not known is not healthy (law 8); a day on which all that failed was planned is none to speak of. */
function ofWatched(known: Hour[], downtimes: Downtime[], from: number, to: number): Bar {
  const { percent, downMinutes } = uptimeOf(known, downtimes, from, to);
  if (percent === undefined) {
    const isPlanned = known.some(({ checks }) => Object.values(checks).some(({ excluded }) => excluded > 0));
    return { level: isPlanned ? 'idle' : 'unknown' };
  }
  const level = downMinutes === 0 ? 'good' : downMinutes < BAD_MINUTES ? 'fair' : 'bad';
  return { level, percent: rounded(percent), downMinutes: Math.ceil(downMinutes) };
}

function within(all: Hour[], from: number, to: number): Hour[] {
  return all.filter(({ hour }) => {
    const at = Date.parse(`${hour}:00Z`);
    return at >= from && at < to;
  });
}

/** Some jobs fail of themselves: one in twenty is worth a look, every other one is bad. */
function ofQueue(day: QueueDay | undefined): Bar {
  if (!day) return { level: 'unknown' };
  const { done: succeeded, failed, unreadableMinutes, cappedMinutes, workerSeconds } = day;
  const share = failed / Math.max(1, succeeded + failed);
  const isBad = share >= 0.5 || unreadableMinutes >= BAD_MINUTES;
  const isFair = share >= 0.05 || unreadableMinutes > 0 || cappedMinutes > 0;
  const isIdle = succeeded + failed === 0 && day.arrived === 0;
  return {
    level: isBad ? 'bad' : isFair ? 'fair' : isIdle ? 'idle' : 'good',
    ...{ succeeded, failed, onHours: hours(workerSeconds) },
  };
}

function hours(seconds: number): number {
  return Math.round(seconds / 36) / 100;
}

/** Never rounded up to what it was not. */
function rounded(percent: number): number {
  return Math.floor(percent * 1000) / 1000;
}

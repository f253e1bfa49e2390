import type { CompiledStage, Route } from '../../shared/stage/compiled.ts';
import type { Thread } from '../../shared/threads/thread.ts';
import { wallClock } from '../../shared/time/wall-clock.ts';

/** The channels that hear of a thread. */
export function hearersOf(thread: Thread, stage: CompiledStage): string[] {
  if (thread.notice.everywhere) return Object.keys(stage.notify.channels);
  return distinct(routesOf(thread, stage).flatMap(({ to }) => to));
}

/** To whom a thread is escalated, and when, in milliseconds since the epoch; what has been done is left out. */
export function escalationsOf(
  thread: Thread,
  stage: CompiledStage,
): { channel: string; at: number; afterSeconds: number }[] {
  return routesOf(thread, stage).flatMap(({ escalate: { afterSeconds, to } = { afterSeconds: 0, to: [] } }) =>
    to
      .filter((channel) => !thread.escalatedTo.includes(channel))
      .map((channel) => ({ channel, at: thread.openedAt + afterSeconds * 1000, afterSeconds })),
  );
}

function routesOf({ workload, kind, severity }: Thread, { notify }: CompiledStage): Route[] {
  return notify.routes.filter(
    ({ severity: severities, workloads, kinds }) =>
      severities.includes(severity) &&
      (!workloads || workloads.includes(workload)) &&
      (!kinds || (kind !== undefined && kinds.includes(kind))),
  );
}

/**
 * When the quiet hours end that an instant lies in; undefined when it lies in none.
 *
 * @returns milliseconds since the epoch
 */
export function quietUntil({ timezone, notify: { quiet } }: CompiledStage, now: number): number | undefined {
  if (!quiet) return undefined;
  const { time } = wallClock(now, timezone);
  const isQuiet =
    quiet.to <= quiet.from ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to;
  if (!isQuiet) return undefined;
  const end = now - (now % MINUTE_MS) + minutesBetween(time, quiet.to) * MINUTE_MS;
  // The clocks may change before then.
  const off = minutesBetween(quiet.to, wallClock(end, timezone).time);
  return end - (off > DAY_MINUTES / 2 ? off - DAY_MINUTES : off) * MINUTE_MS;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** From one time of day to the next other one. */
function minutesBetween(from: string, to: string): number {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return (minutes(to) - minutes(from) + DAY_MINUTES) % DAY_MINUTES;
}

export function distinct(names: string[]): string[] {
  return [...new Set(names)];
}

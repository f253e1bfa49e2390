import { zoned } from '../../shared/slots.ts';
import type { CompiledStage, Route } from '../../shared/stage/compiled.ts';
import type { Thread } from '../../shared/threads/thread.ts';

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
  const here = zoned(now, timezone);
  const time = here.toPlainTime().toString({ smallestUnit: 'minute' });
  const overnight = quiet.to <= quiet.from;
  const isQuiet = overnight ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to;
  if (!isQuiet) return undefined;
  const day = overnight && time >= quiet.from ? here.add({ days: 1 }) : here;
  return day.withPlainTime(quiet.to).epochMilliseconds;
}

export function distinct(names: string[]): string[] {
  return [...new Set(names)];
}

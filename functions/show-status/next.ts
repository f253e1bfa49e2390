import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { type Overrides, plan } from '../../shared/time/plan-rows.ts';
import { plannedBetween } from '../../shared/time/planned.ts';
import { localTime } from '../../shared/time/slots.ts';
import type { WorkloadStatus } from './contract.ts';

/** Longer than any holidays. */
const AHEAD_MS = 21 * 86_400_000;

/** What a workload is, and what it is doing. */
type Doing = Pick<WorkloadStatus, 'now'> & { deadlineAt?: string };

/**
 * What its schedule and people let it do next.
 *
 * @param now milliseconds since the epoch
 */
export function nextOf(
  name: string,
  stage: CompiledStage,
  overrides: Overrides,
  { now: state, deadlineAt }: Doing,
  now: number,
): WorkloadStatus['next'] {
  const workload = stage.workloads[name];
  if (!workload) return { skipped: [] };
  const rows = plan({ ...stage, workloads: { [name]: workload } }, now, now + AHEAD_MS, overrides);
  const starts = rows.filter(({ act }) => act !== 'stop');
  const next = starts.find(({ skipped }) => skipped === undefined);
  const isOff = state === 'off' || state === 'missing';
  const local = (instant: number | string) => localTime(instant, workload.timezone);
  const stop = () => {
    if (deadlineAt && workload.kind !== 'environment') return local(deadlineAt);
    // It leaves nothing on.
    if (workload.kind === 'pipeline') return undefined;
    if (isOff || workload.kind === 'batch') return next?.stoppedBy;
    const planned = plannedBetween(workload, stage.calendar, now, now + AHEAD_MS).find(({ act }) => act === 'stop');
    return rows.find(({ act }) => act === 'stop')?.at ?? (planned && local(planned.at));
  };
  const end = stop();
  return {
    ...(next && { start: next.at }),
    ...(end && { stop: end }),
    skipped: starts
      .slice(0, next ? starts.indexOf(next) : starts.length)
      .slice(0, 3)
      .map(({ at, skipped: why = '' }) => ({ at, why })),
  };
}

import type { CompiledStage, Severity } from '../stage/compiled.ts';
import { wallTime } from '../time/wall-clock.ts';
import type { Notice } from './notice.ts';

/**
 * What a notice that is of no run begins with.
 *
 * @param of the workload or the service; without it, what is Lamplighter's own
 * @param now milliseconds since the epoch
 */
export function headOf(
  of: string | undefined,
  event: string,
  severity: Severity,
  title: string,
  { stage, timezone, workloads, services }: CompiledStage,
  now: number,
): Omit<Notice, 'lines'> {
  const kind = of === undefined ? undefined : (workloads[of] ?? services[of])?.kind;
  const workload = of ?? 'lamplighter';
  return {
    ...{ id: `${workload} ${event}`, at: wallTime(now, timezone), stage, workload, severity, title },
    ...(kind && { kind }),
  };
}

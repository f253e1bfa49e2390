import type { CompiledStage, Severity } from '../stage/compiled.ts';
import { wallTime } from '../time/wall-clock.ts';
import type { Notice } from './notice.ts';

/**
 * What a notice that is of no run begins with.
 *
 * @param of the workload, the service or the queue; without it, what is Lamplighter's own
 * @param now milliseconds since the epoch
 */
export function headOf(
  of: string | undefined,
  event: string,
  severity: Severity,
  title: string,
  { stage, timezone, workloads, services, queues }: CompiledStage,
  now: number,
): Omit<Notice, 'lines'> {
  const kind = of === undefined ? undefined : (workloads[of] ?? services[of] ?? queues[of])?.kind;
  const workload = of ?? 'lamplighter';
  return {
    ...{ id: `${workload} ${event}`, at: wallTime(now, timezone), stage, workload, severity, title },
    ...(kind && { kind }),
  };
}

import type { CompiledStage } from '../stage/compiled.ts';
import { localTime } from './slots.ts';
import { windowsBetween } from './windows.ts';

/** Work that is done on a service; in its local time. */
export interface MaintenanceRow {
  workload: string;
  act: 'maintenance';
  at: string;
  stoppedBy: string;
}

/** The maintenance of services that begins in [from, to) or goes on then, earliest first. */
export function maintenanceRows({ services, calendar }: CompiledStage, from: number, to: number): MaintenanceRow[] {
  const rows = Object.entries(services).flatMap(([workload, { maintenance, timezone }]) =>
    windowsBetween({ hours: maintenance, timezone }, calendar, from, to).map((window) => ({
      workload,
      timezone,
      window,
    })),
  );
  return rows
    .sort((a, b) => a.window.from - b.window.from)
    .map(({ workload, timezone, window }) => ({
      ...{ workload, act: 'maintenance', at: localTime(window.from, timezone) },
      stoppedBy: localTime(window.to, timezone),
    }));
}

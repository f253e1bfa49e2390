import type { CompiledStage } from '../stage/compiled.ts';
import { localTime } from './slots.ts';
import { windowsBetween } from './windows.ts';

/** That there are so many workers of a queue at least; in its local time. */
export interface FloorRow {
  workload: string;
  act: 'floor';
  at: string;
  stoppedBy: string;
  workers: number;
}

/** The floors of queues that begin in [from, to) or go on then, earliest first. */
export function floorRows({ queues, calendar }: CompiledStage, from: number, to: number): FloorRow[] {
  const rows = Object.entries(queues).flatMap(([workload, { scaling, timezone }]) =>
    scaling.floor.flatMap(({ workers, ...hours }) =>
      windowsBetween({ hours: [hours], timezone }, calendar, from, to).map((window) => ({
        ...{ workload, timezone, window },
        // A floor lifts what there is in any case, and is no ceiling.
        workers: Math.max(workers, scaling.min),
      })),
    ),
  );
  return rows
    .sort((a, b) => a.window.from - b.window.from)
    .map(({ workload, timezone, window, workers }) => ({
      ...{ workload, act: 'floor', workers, at: localTime(window.from, timezone) },
      stoppedBy: localTime(window.to, timezone),
    }));
}

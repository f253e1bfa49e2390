import type { VirtualClock } from '../clock.ts';
import type { Processes } from './processes.ts';

const TICK_MS = 5;

// Of this module's own: while time is virtual the global one is too.
const realTimeout = globalThis.setTimeout;

/** Lets time pass: as it does while a process runs, by leaps otherwise. */
export async function drive(clock: VirtualClock, processes: Processes, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    if (processes.running === 0) {
      await clock.runUntil(Number.POSITIVE_INFINITY, () => isOver() || processes.running > 0);
      if (processes.running === 0 && !isOver())
        throw new Error('nothing is left that could happen, and the run is not over');
      continue;
    }
    const begun = performance.now();
    await new Promise((resolve) => realTimeout(resolve, TICK_MS));
    await clock.pass(Math.round(performance.now() - begun));
  }
}

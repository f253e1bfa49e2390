import { Heap } from '../../rehearsal/outside/jobs/heap.ts';
import type { Timeline } from '../../rehearsal/timeline.ts';

/** Time in which nothing happens but what was asked for: a month of it is over in a second. */
export class Ticker implements Timeline {
  #now: number;
  readonly #coming = new Heap<{ at: number; act: () => void }>();

  constructor(start: number) {
    this.#now = start;
  }

  get now(): number {
    return this.#now;
  }

  at(instant: number, act: () => void): void {
    this.#coming.push({ at: Math.max(instant, this.#now), act });
  }

  /** @param first the first time; then every so many milliseconds */
  every(first: number, milliseconds: number, act: () => void): void {
    this.at(first, () => {
      act();
      this.every(first + milliseconds, milliseconds, act);
    });
  }

  runUntil(end: number): void {
    for (; this.#coming.nextAt <= end; ) {
      const { at, act } = this.#coming.pop() as { at: number; act: () => void };
      this.#now = at;
      act();
    }
    this.#now = end;
  }
}

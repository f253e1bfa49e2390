import type { Timeline } from '../../../../rehearsal/timeline.ts';

export const START = Date.parse('2026-11-02T00:00:00Z');
export const SECOND = 1000;

/** Time that a test lets pass. */
export class Time implements Timeline {
  now = START;
  #coming: { at: number; act: () => void }[] = [];

  at(instant: number, act: () => void): void {
    this.#coming.push({ at: Math.max(instant, this.now), act });
  }

  /** @param seconds counted from the start */
  until(seconds: number): void {
    const end = START + seconds * SECOND;
    for (;;) {
      this.#coming.sort((a, b) => a.at - b.at);
      const next = this.#coming[0];
      if (!next || next.at > end) break;
      this.#coming.shift();
      this.now = next.at;
      next.act();
    }
    this.now = end;
  }
}

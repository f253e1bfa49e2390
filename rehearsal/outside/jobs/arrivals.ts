import type { Random } from '../../random.ts';
import type { Load } from './load.ts';

const MINUTE = 60_000;

/** When jobs come, one after the other: a Poisson process whose rate changes by steps, and bursts. */
export class Arrivals {
  readonly #random: Random;
  readonly #load: Load;
  #burst = 0;
  #left: number;
  #single: number;

  constructor(random: Random, load: Load, from: number) {
    this.#random = random;
    this.#load = load;
    this.#left = load.bursts[0]?.jobs ?? 0;
    this.#single = this.#after(from);
  }

  get nextAt(): number {
    return Math.min(this.#single, this.#load.bursts[this.#burst]?.at ?? Number.POSITIVE_INFINITY);
  }

  /** The next one has come. */
  take(): void {
    const burst = this.#load.bursts[this.#burst];
    if (!burst || burst.at > this.#single) {
      this.#single = this.#after(this.#single);
      return;
    }
    this.#left--;
    if (this.#left <= 0) this.#left = this.#load.bursts[++this.#burst]?.jobs ?? 0;
  }

  #after(from: number): number {
    for (let at = from; ; ) {
      const { perMinute, until } = this.#load.rate(at);
      const next = perMinute > 0 ? at - (Math.log(1 - this.#random.next()) / perMinute) * MINUTE : until;
      // It has no memory: in the next stretch it begins anew.
      if (next < until || until === Number.POSITIVE_INFINITY) return next;
      at = until;
    }
  }
}

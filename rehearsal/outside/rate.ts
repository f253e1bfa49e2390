const MINUTE = 60_000;

/** How many requests a webhook takes within a minute. */
export class Rate {
  readonly #most: number;
  readonly #taken: number[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Counts a request, unless it is one too many.
   *
   * @param now milliseconds since the epoch
   * @returns the seconds to wait where it is; undefined where it was counted
   */
  exceeded(now: number): number | undefined {
    while (this.#taken[0] !== undefined && this.#taken[0] <= now - MINUTE) this.#taken.shift();
    const [oldest = now] = this.#taken;
    if (this.#taken.length >= this.#most) return (oldest + MINUTE - now) / 1000;
    this.#taken.push(now);
    return undefined;
  }
}

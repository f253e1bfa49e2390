const MINUTE = 60_000;
/** So many others within a minute are a storm. */
const STORM = 21;

/** When so much is published that a channel may show it as one. */
export class Crowds {
  /** In order. */
  readonly #instants: number[] = [];

  /** @param at milliseconds since the epoch, not before the last one */
  add(at: number): void {
    this.#instants.push(at);
  }

  /** Whether more than twenty others were published within the same minute. */
  isOne(at: number): boolean {
    const own = this.#before(at);
    for (let first = Math.max(0, own - STORM); first <= own; first++) {
      const [start, end] = [this.#instants[first], this.#instants[first + STORM]];
      if (start !== undefined && end !== undefined && end - start < MINUTE) return true;
    }
    return false;
  }

  /** How many were published before an instant. */
  #before(at: number): number {
    let [low, high] = [0, this.#instants.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#instants[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** How long jobs waited: a count for each second, since there are millions. */
export class Waits {
  #seconds: number[] = [];
  #size = 0;

  add(milliseconds: number): void {
    const second = Math.ceil(milliseconds / 1000);
    this.#seconds[second] = (this.#seconds[second] ?? 0) + 1;
    this.#size++;
  }

  /** The wait in seconds that so many percent of the jobs had at most; 0 where there were none. */
  percentile(percent: number): number {
    const wanted = (this.#size * percent) / 100;
    let seen = 0;
    for (const second of Object.keys(this.#seconds)) {
      seen += this.#seconds[Number(second)] ?? 0;
      if (seen >= wanted) return Number(second);
    }
    return 0;
  }

  copy(): Waits {
    const copy = new Waits();
    copy.#seconds = [...this.#seconds];
    copy.#size = this.#size;
    return copy;
  }
}

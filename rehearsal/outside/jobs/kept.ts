import type { Ended } from './job.ts';
import type { Load } from './load.ts';

/** The jobs that have ended and stay in the queue until they are cleaned, in the order in which they ended. */
export class Kept {
  completed: Ended[] = [];
  failed: Ended[] = [];
  readonly #memory: Load['memory'];

  constructor(memory: Load['memory']) {
    this.#memory = memory;
  }

  /** The last that ended, the newest first. */
  last(kind: 'completed' | 'failed', limit: number): Ended[] {
    return this[kind].slice(-limit).reverse();
  }

  /**
   * Removes what ended before an instant, the oldest first.
   *
   * @returns the ids of what is gone
   */
  clean(kind: 'completed' | 'failed', before: number, limit: number): number[] {
    const later = this[kind].findIndex(({ at }) => at >= before);
    const gone = this[kind].splice(0, Math.min(limit, later < 0 ? this[kind].length : later));
    return gone.map(({ id }) => id);
  }

  /** How much of the memory is used; undefined where the load does not say. */
  get memoryPercent(): number | undefined {
    if (!this.#memory) return undefined;
    const { percent, perThousand } = this.#memory;
    return Math.min(100, percent + ((this.completed.length + this.failed.length) / 1000) * perThousand);
  }
}

import { Heap, Line } from './heap.ts';
import type { Job } from './job.ts';

/** Where the jobs of a queue are. */
export class Places {
  readonly waiting = new Line<Job>();
  /** Delayed ones whose time has come while nobody worked: with no worker nobody moves them. */
  readonly due = new Line<Job>();
  /** Those that are being done, by their end. */
  readonly ends = new Heap<Job>();
  /** Those that are to be done later. */
  readonly later = new Heap<Job>();
  /** Those whose worker was killed, by when that is found. */
  readonly stalled = new Heap<Job>();

  /** Since when the oldest could be begun. */
  get oldestAt(): number | undefined {
    return this.waiting.first?.waitingAt ?? this.due.first?.waitingAt;
  }

  /** A worker has come: it moves what is due. */
  moveDue(): void {
    for (let job = this.due.shift(); job; job = this.due.shift()) this.waiting.push(job);
  }

  /** How long those have waited that nobody has begun yet. */
  notBegun(now: number): number[] {
    return [...this.waiting.values(), ...this.due.values()]
      .filter(({ isBegun }) => !isBegun)
      .map(({ waitingAt }) => now - waitingAt);
  }
}

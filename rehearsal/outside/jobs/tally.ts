import { Waits } from './waits.ts';

export interface Results {
  arrived: number;
  done: number;
  /** By their own fault. */
  failed: number;
  /** Begun again because their worker was killed. */
  repeated: number;
  /** Given up because their workers were killed. */
  lost: number;
  /** Neither: they wait, are being done, or are to be done later. */
  inside: number;
  /** Seconds until jobs were begun; those that wait still are counted with what they have waited. */
  waits: { p50: number; p95: number; max: number };
}

/** What has become of the jobs of a queue. */
export class Tally {
  arrived = 0;
  done = 0;
  failed = 0;
  repeated = 0;
  lost = 0;
  attemptsFailed = 0;
  readonly waits = new Waits();

  /** @param waiting how long those have waited that were not begun, in milliseconds */
  results(inside: number, waiting: number[]): Results {
    const { arrived, done, failed, repeated, lost } = this;
    const waits = this.waits.copy();
    for (const milliseconds of waiting) waits.add(milliseconds);
    const [p50, p95, max] = [50, 95, 100].map((percent) => waits.percentile(percent)) as [number, number, number];
    return { arrived, done, failed, repeated, lost, inside, waits: { p50, p95, max } };
  }
}

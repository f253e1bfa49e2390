import { Random } from '../../random.ts';
import type { Job } from './job.ts';
import type { Load } from './load.ts';

/** So long after its worker was killed a job is found: its lock runs out, and the next look at what has stalled comes. */
const STALLED_SECONDS = { from: 30, to: 60 };

/** What chance says of jobs. What they are like does not depend on who does them, nor on when. */
export class Fate {
  readonly #load: Load;
  readonly #nature: Random;
  readonly #course: Random;

  constructor(random: Random, load: Load) {
    this.#load = load;
    this.#nature = childOf(random);
    this.#course = childOf(random);
  }

  /** @returns a job, and after how many seconds it is to be done */
  job(id: number, at: number): { job: Job; delaySeconds: number } {
    const { long, delayed, takes, poison } = this.#load;
    const isPoison = happens(this.#nature, poison);
    const usual = this.#nature.between(takes.from, takes.to);
    const seconds = long && happens(this.#nature, long.percent) ? long.seconds : usual;
    const delaySeconds = delayed && happens(this.#nature, delayed.percent) ? delayed.seconds : 0;
    const milliseconds = Math.round(seconds * 1000);
    return {
      job: { id, at, waitingAt: at, milliseconds, isBegun: false, isPoison, failed: 0, stalled: 0 },
      delaySeconds,
    };
  }

  fails({ isPoison }: Job): boolean {
    return isPoison || happens(this.#course, this.#load.fails);
  }

  /** How long it takes until a job is found whose worker was killed, in milliseconds. */
  stalls(): number {
    return this.#course.between(STALLED_SECONDS.from, STALLED_SECONDS.to) * 1000;
  }
}

/** Chance of its own, so that what one asks changes nothing for another. */
export function childOf(random: Random): Random {
  return new Random(Math.floor(random.next() * 2 ** 31));
}

function happens(random: Random, percent: number): boolean {
  return percent > 0 && random.next() * 100 < percent;
}

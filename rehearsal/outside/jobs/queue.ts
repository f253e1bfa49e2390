import type { Random } from '../../random.ts';
import type { Timeline } from '../../timeline.ts';
import { Arrivals } from './arrivals.ts';
import { Crew } from './crew.ts';
import { childOf, Fate } from './fate.ts';
import type { Counts, Job } from './job.ts';
import { Kept } from './kept.ts';
import type { Load } from './load.ts';
import { Places } from './places.ts';
import { type Results, Tally } from './tally.ts';

/** So often a job may stall, and is begun again. */
const STALLS = 1;
const NEVER = Number.POSITIVE_INFINITY;

/**
 * A queue of jobs and what works it off. It has no timers: whoever looks lets happen what has happened since. Its chance is
 * its own, so that the same jobs come whatever works them off.
 *
 * @source BullMQ guide, "Stalled jobs": a lock of 30 s and a look every 30 s, begun again once (`maxStalledCount` 1), then
 * failed; "Delayed jobs": workers move what is due, so that without any it stays; "Retrying failing jobs"
 */
export class JobQueue {
  readonly #time: Pick<Timeline, 'now'>;
  readonly #load: Load;
  readonly #fate: Fate;
  readonly #arrivals: Arrivals;
  readonly #crew = new Crew();
  readonly #places = new Places();
  readonly #tally = new Tally();
  readonly kept: Kept;
  #now: number;
  #isPaused = false;
  #emptySince: number | undefined;

  constructor(time: Pick<Timeline, 'now'>, random: Random, load: Load) {
    this.#time = time;
    this.#load = load;
    this.#now = time.now;
    this.#emptySince = time.now;
    this.kept = new Kept(load.memory);
    this.#arrivals = new Arrivals(childOf(random), load, time.now);
    this.#fate = new Fate(random, load);
  }

  counts(): Counts {
    this.advance();
    const { waiting, due, later, stalled, oldestAt } = this.#places;
    const { arrived, done, failed, lost, attemptsFailed } = this.#tally;
    return {
      ...{ at: this.#now, waiting: waiting.size, active: this.#crew.active + stalled.size },
      ...{ delayed: later.size, due: due.size },
      ...{ failed: this.kept.failed.length, completed: this.kept.completed.length },
      ...{ added: arrived, ended: { completed: done, failed: failed + lost }, attemptsFailed },
      ...(oldestAt !== undefined && { oldestAt }),
    };
  }

  results(): Results {
    const { waiting, active, delayed, due } = this.counts();
    return this.#tally.results(waiting + active + delayed + due, this.#places.notBegun(this.#now));
  }

  /** Since when nothing waits and nothing is done; undefined where something is. */
  get emptySince(): number | undefined {
    this.advance();
    return this.#emptySince;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Jobs that come now, whatever the load says. */
  add(jobs: number): void {
    this.advance();
    for (let job = 0; job < jobs; job++) this.#arrive();
  }

  /** No job is begun until `resume`. */
  pause(): void {
    this.advance();
    this.#isPaused = true;
  }

  resume(): void {
    this.advance();
    this.#isPaused = false;
    this.#begin();
  }

  /** A worker begins to work. */
  join(worker: string, concurrency: number): void {
    this.advance();
    this.#crew.join(worker, concurrency);
    this.#places.moveDue();
    this.#begin();
  }

  /** How many jobs a worker does just now. */
  busy(worker: string): number {
    this.advance();
    return this.#crew.busy(worker);
  }

  /** A worker takes no more jobs. @returns when the last that it has begun will end, in milliseconds since the epoch */
  close(worker: string): number {
    this.advance();
    return Math.max(this.#now, ...this.#crew.shut(worker).map(({ at }) => at));
  }

  /** A worker is gone. What it was doing is found later, and begun again. */
  kill(worker: string): void {
    this.advance();
    for (const job of this.#crew.kill(worker)) {
      const stalled = { ...job, at: this.#now + this.#fate.stalls(), worker: undefined, stalled: job.stalled + 1 };
      this.#places.stalled.push(stalled);
    }
  }

  /** Lets happen what has happened until now. */
  advance(): void {
    const { now } = this.#time;
    const { ends, later, stalled } = this.#places;
    for (;;) {
      const arrival = this.#arrivals.nextAt;
      // It is workers that look for what has stalled.
      const found = this.#crew.open > 0 ? stalled.nextAt : NEVER;
      const next = Math.min(arrival, ends.nextAt, later.nextAt, found);
      if (next > now) break;
      this.#now = Math.max(this.#now, next);
      if (next === ends.nextAt) this.#end(ends.pop() as Job);
      else if (next === arrival) this.#come();
      else if (next === later.nextAt) this.#fallDue(later.pop() as Job);
      else this.#find(stalled.pop() as Job);
    }
    this.#now = Math.max(this.#now, now);
  }

  #come(): void {
    this.#arrivals.take();
    this.#arrive();
  }

  #arrive(): void {
    const { job, delaySeconds } = this.#fate.job(++this.#tally.arrived, this.#now);
    if (delaySeconds > 0) this.#delay(job, delaySeconds);
    else this.#wait(job);
  }

  #delay(job: Job, seconds: number): void {
    job.at = this.#now + seconds * 1000;
    this.#places.later.push(job);
  }

  #fallDue(job: Job): void {
    job.waitingAt = this.#now;
    this.#emptySince = undefined;
    if (this.#crew.open > 0) this.#wait(job);
    else this.#places.due.push(job);
  }

  #wait(job: Job): void {
    job.waitingAt = this.#now;
    this.#emptySince = undefined;
    this.#places.waiting.push(job);
    this.#begin();
  }

  #begin(): void {
    const { waiting, ends } = this.#places;
    while (!this.#isPaused && waiting.size > 0) {
      const worker = this.#crew.next;
      if (!worker) return;
      const job = waiting.shift() as Job;
      if (!job.isBegun) this.#tally.waits.add(this.#now - job.waitingAt);
      job.isBegun = true;
      job.at = this.#now + job.milliseconds;
      this.#crew.begin(job, worker);
      ends.push(job);
    }
  }

  #end(job: Job): void {
    // Its worker was killed meanwhile: a copy of it has stalled.
    if (!this.#crew.end(job)) return;
    if (this.#fate.fails(job)) this.#fail(job);
    else this.#complete(job);
    this.#begin();
    this.#look();
  }

  #complete({ id }: Job): void {
    this.#tally.done++;
    if (this.#load.keepsCompleted) this.kept.completed.push({ id, at: this.#now });
  }

  #fail(job: Job): void {
    const { attempts, backoffSeconds, reason } = this.#load;
    this.#tally.attemptsFailed++;
    if (++job.failed >= attempts) {
      this.#tally.failed++;
      this.kept.failed.push({ id: job.id, at: this.#now, reason });
    } else if (backoffSeconds > 0) this.#delay(job, backoffSeconds);
    else this.#wait(job);
  }

  #find(job: Job): void {
    if (job.stalled <= STALLS) {
      this.#tally.repeated++;
      this.#wait(job);
    } else {
      this.#tally.lost++;
      this.kept.failed.push({ id: job.id, at: this.#now, reason: 'job stalled more than allowable limit' });
      this.#look();
    }
  }

  #look(): void {
    const { waiting, due, stalled } = this.#places;
    if (waiting.size + due.size + stalled.size + this.#crew.active === 0) this.#emptySince ??= this.#now;
  }
}

import type { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';

/** What tasks work for: of a queue of jobs as much as ECS has to do with. */
export interface Work {
  join(task: string, concurrency: number): void;
  busy(task: string): number;
  /** SIGTERM. @returns when it exits by itself */
  close(task: string): number;
  /** SIGKILL. */
  kill(task: string): void;
}

export interface TaskSettings {
  concurrency: number;
  stopTimeoutSeconds: number;
  /** Whether tasks protect themselves while they do something. */
  isProtecting: boolean;
}

interface Task {
  id: string;
  state: 'starting' | 'running' | 'stopping' | 'stopped';
  /** Since when it is paid for: its image is pulled. */
  pulledAt: number;
  stoppedAt?: number;
}

export interface Stop {
  at: number;
  task: string;
  /** Before it ran, by itself after SIGTERM, or by SIGKILL. */
  how: 'unborn' | 'drained' | 'killed';
  /** Jobs that it was doing when it was killed. */
  jobs: number;
}

const SECOND = 1000;
/** Where it runs, and its network interface. */
const PROVISION = { from: 8, to: 20 };
/** The whole of a start, the image included. */
const START = { from: 30, to: 90 };
/** A process that has nothing to do is gone at once. */
const EXIT_MS = 2 * SECOND;
/** So often the scheduler looks again whether those that are too many may be stopped. */
const LOOK_MS = 30 * SECOND;

/**
 * The tasks of a service on Fargate.
 *
 * @source ECS developer guide, "Task lifecycle" and "Service auto scaling": SIGTERM, then SIGKILL after `stopTimeout` (120 s at most on
 * Fargate); "Protect your tasks from being terminated by scale-in events": not stopped by a lower desired count while protected;
 * which of the others is stopped is not said beyond the balance of zones: any; Fargate pricing: from the download of the
 * image to the end of the task, by the second, a minute at least
 */
export class EcsTasks {
  readonly #time: Timeline;
  readonly #random: Random;
  readonly #work: Work;
  readonly #settings: TaskSettings;
  readonly #tasks = new Set<Task>();
  #desired = 0;
  #count = 0;
  #paid = 0;
  #isLooking = false;
  #settledAt: number | undefined;
  /** The most that ever ran. */
  peak = 0;
  readonly stops: Stop[] = [];

  constructor(time: Timeline, random: Random, work: Work, settings: TaskSettings) {
    this.#time = time;
    this.#random = random;
    this.#work = work;
    this.#settings = settings;
    this.#settledAt = time.now;
  }

  get desired(): number {
    return this.#desired;
  }

  /** Those that run, without those that are being stopped. */
  get running(): number {
    return this.#of('running').length;
  }

  get pending(): number {
    return this.#of('starting').length;
  }

  get stopping(): number {
    return this.#of('stopping').length;
  }

  /** Since when as many run as are desired; undefined while they do not. */
  get settledAt(): number | undefined {
    return this.#settledAt;
  }

  setDesired(count: number): void {
    this.#desired = count;
    this.#settle();
    this.#note();
  }

  /** What is paid for so far, in seconds of a task. */
  get paidSeconds(): number {
    return [...this.#tasks].reduce((sum, task) => sum + this.#secondsOf(task), this.#paid);
  }

  #of(state: Task['state']): Task[] {
    return [...this.#tasks].filter((task) => task.state === state);
  }

  /** Starts what is missing, and stops what is too much. */
  #settle(): void {
    const meant = [...this.#of('starting'), ...this.#of('running')];
    for (let missing = this.#desired - meant.length; missing > 0; missing--) this.#start();
    const surplus = meant.length - this.#desired;
    if (surplus <= 0) return;
    const free = meant.filter(({ id }) => !this.#settings.isProtecting || this.#work.busy(id) === 0);
    for (let left = Math.min(surplus, free.length); left > 0; left--)
      this.#stop(free.splice(Math.floor(this.#random.next() * free.length), 1)[0] as Task);
    if (this.#of('running').length + this.#of('starting').length > this.#desired) this.#lookLater();
  }

  #lookLater(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#time.at(this.#time.now + LOOK_MS, () => {
      this.#isLooking = false;
      this.#settle();
      this.#note();
    });
  }

  #note(): void {
    if (this.running !== this.#desired) this.#settledAt = undefined;
    else this.#settledAt ??= this.#time.now;
  }

  #start(): void {
    const { now } = this.#time;
    const between = ({ from, to }: typeof START) => Math.round(this.#random.between(from, to) * SECOND);
    const task: Task = { id: `task-${++this.#count}`, state: 'starting', pulledAt: now + between(PROVISION) };
    this.#tasks.add(task);
    this.#time.at(now + between(START), () => {
      if (task.state !== 'starting') return;
      task.state = 'running';
      this.peak = Math.max(this.peak, this.running);
      this.#work.join(task.id, this.#settings.concurrency);
      this.#note();
    });
  }

  #stop(task: Task): void {
    const { now } = this.#time;
    if (task.state === 'starting') {
      this.#end(task, 'unborn', 0);
      return;
    }
    task.state = 'stopping';
    const exit = this.#work.close(task.id) + EXIT_MS;
    const limit = now + this.#settings.stopTimeoutSeconds * SECOND;
    if (exit <= limit) this.#time.at(exit, () => this.#end(task, 'drained', 0));
    else this.#time.at(limit, () => this.#kill(task));
  }

  #kill(task: Task): void {
    const jobs = this.#work.busy(task.id);
    this.#work.kill(task.id);
    this.#end(task, 'killed', jobs);
  }

  #end(task: Task, how: Stop['how'], jobs: number): void {
    task.state = 'stopped';
    task.stoppedAt = this.#time.now;
    this.#paid += this.#secondsOf(task);
    this.#tasks.delete(task);
    this.stops.push({ at: this.#time.now, task: task.id, how, jobs });
  }

  #secondsOf({ pulledAt, stoppedAt = this.#time.now }: Task): number {
    return stoppedAt <= pulledAt ? 0 : Math.max(60, Math.ceil((stoppedAt - pulledAt) / SECOND));
  }
}

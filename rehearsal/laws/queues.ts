import { floorOf } from '../../shared/queues/floor.ts';
import type { CompiledStage, QueueWorkload } from '../../shared/stage/compiled.ts';
import type { Entry, Of } from '../journal.ts';

/** The workers of a queue as they are, whatever anybody believes of them. */
export interface SeenWorkers {
  name: string;
  tasks: { readonly running: number; readonly pending: number };
  /** `counts` brings `emptySince` up to date. */
  jobs: { counts(): object; readonly emptySince: number | undefined };
  /** How many there are at least, as registered last. */
  target?: { readonly bounds: { min: number; max: number } };
}

const MINUTE = 60_000;
/** A policy acts on the last whole minute, and another one may have been missing. */
const FRESH_MS = 4 * MINUTE;
/** A word or a gate is looked at once a minute, and an alarm that was on before may act once more. */
const HEARD_MS = 2 * MINUTE;
/** After the empty minutes, until the alarm has gone off, and what ran has ended. */
const STOPPED_MS = 20 * MINUTE;

/**
 * The laws of workers by the queue: what is scaled in loses no job (4), is the stage's own and within its maximum (5), is not
 * started while it is held (6); nothing is scaled in that nobody has measured (8); and workers of an empty queue stop, or
 * people are told (1).
 */
export class QueueLaws {
  readonly #stage: CompiledStage;
  readonly #workers: SeenWorkers[];
  readonly #isHeld: (queue: string, since: number, at: number) => boolean;
  readonly #broken: (law: number, at: number, text: string) => void;
  readonly #measuredAt = new Map<string, number>();
  /** People were told of trouble with a queue, and it is not over. */
  readonly #told = new Map<string, Set<string>>();
  readonly #kept = new Map<string, number>();
  /** Since when the workers of a queue are more than they have to be, and the last violation of it. */
  readonly #idleSince = new Map<string, number>();
  #lookedAt = 0;

  constructor(
    stage: CompiledStage,
    workers: SeenWorkers[],
    isHeld: (queue: string, since: number, at: number) => boolean,
    broken: (law: number, at: number, text: string) => void,
  ) {
    this.#stage = stage;
    this.#workers = workers;
    this.#isHeld = isHeld;
    this.#broken = broken;
  }

  check(entry: Entry): void {
    const { at } = entry;
    if (entry.what === 'measured' && / ?Backlog/.test(entry.names)) this.#measuredAt.set(entry.queue, at);
    if (entry.what === 'scaled') this.#checkScaled(entry);
    if (entry.what === 'killed')
      this.#broken(4, at, `${entry.queue}: ${entry.task} was stopped while it was doing ${jobs(entry.jobs)}`);
    if (entry.what === 'call' && entry.operation === 'RegisterScalableTarget') this.#checkBounds(entry);
    if (entry.what === 'notice') this.#hear(entry);
    if (entry.what === 'person' && entry.act === 'keep')
      this.#kept.set(entry.workload ?? '', entry.until ?? Number.POSITIVE_INFINITY);
    if (at - this.#lookedAt < MINUTE) return;
    this.#lookedAt = at;
    for (const workers of this.#workers) this.#checkIdle(workers, at);
  }

  #checkScaled({ queue, from, to, by, at }: Of<'scaled'>): void {
    if (to > from && this.#isHeld(queue, at - HEARD_MS, at))
      this.#broken(6, at, `${queue}: workers were started (${from} to ${to}) while it is held`);
    const target = this.#workers.find(({ name }) => name === queue)?.target;
    if (target && to > target.bounds.max)
      this.#broken(5, at, `${queue}: ${to} workers are wanted, and at most ${target.bounds.max} are registered`);
    const since = at - (this.#measuredAt.get(queue) ?? 0);
    if (by.startsWith('policy') && to < from && since > FRESH_MS)
      this.#broken(8, at, `${queue}: workers were taken away (${from} to ${to}) and nothing was measured`);
  }

  #checkBounds({ input, caller, error, at }: Of<'call'>): void {
    const { ResourceId, MaxCapacity } = input as { ResourceId: string; MaxCapacity?: number };
    const queue = this.#queueAt(ResourceId);
    if (!queue) this.#broken(5, at, `${caller} registered ${ResourceId}, which the stage file does not name`);
    else if (!error && (MaxCapacity ?? 0) > queue.scaling.max)
      this.#broken(5, at, `${caller} registered ${MaxCapacity} workers, and the stage file has ${queue.scaling.max}`);
  }

  #queueAt(resource: string): QueueWorkload | undefined {
    return Object.values(this.#stage.queues).find(
      ({ workers: { cluster, service } }) => resource === `service/${cluster}/${service}`,
    );
  }

  #hear({ notice: { workload, cause = '', state, severity } }: Of<'notice'>): void {
    const told = this.#told.get(workload) ?? new Set();
    this.#told.set(workload, told);
    if (state === 'resolved') told.delete(cause);
    else if (severity === 'warning' || severity === 'critical') told.add(cause);
  }

  /** Law 1: nothing to do, and still paid for. */
  #checkIdle({ name, tasks, jobs: queue }: SeenWorkers, at: number): void {
    const workload = this.#stage.queues[name];
    queue.counts();
    const least = workload ? this.#leastOf(workload, at) : 0;
    const isIdle = workload && queue.emptySince !== undefined && tasks.running + tasks.pending > least;
    if (!isIdle || this.#isKept(name, at) || (this.#told.get(name)?.size ?? 0) > 0) {
      this.#idleSince.delete(name);
      return;
    }
    const since = Math.max(this.#idleSince.get(name) ?? at, queue.emptySince ?? at);
    this.#idleSince.set(name, since);
    if (at - since <= workload.scaling.emptyMinutes * MINUTE + STOPPED_MS) return;
    this.#idleSince.set(name, Number.POSITIVE_INFINITY);
    const text = `${name}: ${tasks.running} workers run although the queue is empty, and nobody was told`;
    this.#broken(1, at, text);
  }

  /** What has to be there by the schedule, or had to be lately. */
  #leastOf(workload: QueueWorkload, at: number): number {
    const { calendar } = this.#stage;
    return Math.max(floorOf(workload, calendar, at), floorOf(workload, calendar, at - STOPPED_MS));
  }

  #isKept(name: string, at: number): boolean {
    return [name, ''].some((word) => at < (this.#kept.get(word) ?? 0) + STOPPED_MS);
  }
}

function jobs(count: number): string {
  return count === 1 ? 'a job' : `${count} jobs`;
}

import { Line } from './heap.ts';
import type { Job, Worker } from './job.ts';

/** The workers of a queue, and what each of them does. */
export class Crew {
  readonly #workers = new Map<string, Worker>();
  readonly #free = new Line<Worker>();
  /** How many take jobs. */
  open = 0;
  /** Jobs that are being done. */
  active = 0;

  join(id: string, concurrency: number): void {
    const worker: Worker = { id, active: new Set(), isOpen: true };
    this.#workers.set(id, worker);
    this.open++;
    for (let slot = 0; slot < concurrency; slot++) this.#free.push(worker);
  }

  busy(id: string): number {
    return this.#workers.get(id)?.active.size ?? 0;
  }

  /** Who has been free for longest. */
  get next(): Worker | undefined {
    for (let worker = this.#free.first; worker && !worker.isOpen; worker = this.#free.first) this.#free.shift();
    return this.#free.first;
  }

  begin(job: Job, worker: Worker): void {
    this.#free.shift();
    job.worker = worker;
    worker.active.add(job);
    this.active++;
  }

  /** @returns whether its worker was still there */
  end(job: Job): boolean {
    const { worker } = job;
    if (!worker?.active.delete(job)) return false;
    this.active--;
    job.worker = undefined;
    if (worker.isOpen) this.#free.push(worker);
    else if (worker.active.size === 0) this.#workers.delete(worker.id);
    return true;
  }

  /** It takes no more jobs. @returns what it still does */
  shut(id: string): Job[] {
    const worker = this.#workers.get(id);
    if (!worker) return [];
    if (worker.isOpen) this.open--;
    worker.isOpen = false;
    if (worker.active.size === 0) this.#workers.delete(id);
    return [...worker.active];
  }

  /** It is gone. @returns what it was doing */
  kill(id: string): Job[] {
    const jobs = this.shut(id);
    this.#workers.get(id)?.active.clear();
    this.#workers.delete(id);
    this.active -= jobs.length;
    return jobs;
  }
}

const MINUTE = 60_000;
/** How often people must be told again of what stays on. */
const REMINDER = 75 * MINUTE;

/** What a run started and has to be off by a certain time. */
export interface Duty {
  workload: string;
  /** Milliseconds since the epoch. */
  until: number;
}

/** Law 1: what a run started is off by its deadline, or people are told, loudly and again. */
export class Duties {
  readonly #duties = new Map<string, Duty>();
  readonly #toldAt = new Map<string, number>();

  set(thing: string, duty: Duty): void {
    this.#duties.set(thing, duty);
  }

  done(thing: string): void {
    this.#duties.delete(thing);
  }

  /** People were told something critical about a workload. */
  told(workload: string, at: number): void {
    this.#toldAt.set(workload, at);
  }

  /** What is on after its time and nobody was told of; each is said once. */
  overdue(now: number): string[] {
    const found: string[] = [];
    for (const [thing, { workload, until }] of this.#duties) {
      if (now <= until || now - (this.#toldAt.get(workload) ?? 0) <= REMINDER) continue;
      this.#duties.delete(thing);
      found.push(
        `${thing}, started by ${workload}, is on after its deadline and nobody was told within ${REMINDER / MINUTE} minutes`,
      );
    }
    return found;
  }
}

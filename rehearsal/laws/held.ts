import { Temporal } from 'temporal-polyfill';
import type { Of } from '../journal.ts';

/** Whose schedule came in the same moment as a person's word may still have been before it, in milliseconds. */
const SAME_MOMENT = 5000;

/** Law 6: while people have paused or skipped a workload, or the stage, nothing of it starts. */
export class Held {
  readonly #words = new Map<string, { since: number; until: number }>();
  readonly #timezone: string;

  constructor(timezone: string) {
    this.#timezone = timezone;
  }

  hear({ act, workload = '', until, at }: Of<'person'>): void {
    if (act === 'resume') for (const name of [workload, overBudget(workload)]) this.#words.delete(name);
    else if (act === 'pause') this.#words.set(workload, { since: at, until: until ?? Number.POSITIVE_INFINITY });
    else if (act === 'skip') this.#words.set(workload, { since: at, until: until ?? this.#endOfDay(at) });
    else if (act === 'stop' && until) this.#words.set(workload, { since: at, until });
  }

  /** A limit of spending is reached. @param workload '' for the stage */
  spend(workload: string, since: number, until: number): void {
    this.#words.set(overBudget(workload), { since, until });
  }

  /** An emergency stop has closed the gate of the stage. */
  close(at: number): void {
    const before = this.#words.get('');
    if (!before || at >= before.until) this.#words.set('', { since: at, until: Number.POSITIVE_INFINITY });
    else this.#words.set('', { ...before, until: Number.POSITIVE_INFINITY });
  }

  /**
   * Whether something was started that should not have been. A run that began before the word may go on.
   *
   * @param startedAt when its run began
   */
  isBroken(workload: string, startedAt: number, at: number): boolean {
    return [workload, overBudget(workload), '', overBudget('')]
      .flatMap((name) => this.#words.get(name) ?? [])
      .some(({ since, until }) => startedAt > since + SAME_MOMENT && at < until);
  }

  #endOfDay(at: number): number {
    const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.#timezone);
    return today.startOfDay().add({ days: 1 }).epochMilliseconds;
  }
}

function overBudget(workload: string): string {
  return `the budget of ${workload}`;
}

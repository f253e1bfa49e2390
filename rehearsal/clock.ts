import { type Clock, withGlobal } from '@sinonjs/fake-timers';

const realImmediate = globalThis.setImmediate;

/**
 * Virtual time. Only dates and timers are faked: what is ready runs to its end in real time (the in-memory DynamoDB
 * answers in real turns of the event loop), then the clock jumps to the next timer.
 */
export class VirtualClock {
  readonly #clock: Clock;
  #inFlight = 0;

  /** @param start milliseconds since the epoch */
  constructor(start: number) {
    this.#clock = withGlobal(globalThis).install({
      now: start,
      toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
      ignoreMissingTimers: true,
    });
  }

  get now(): number {
    return this.#clock.now;
  }

  /** Runs something that answers in real time; virtual time waits for it. */
  async inRealTime<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight++;
    try {
      return await work();
    } finally {
      this.#inFlight--;
    }
  }

  /** Resolves after so many virtual milliseconds. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  /** Does something at an instant; a past one is now. */
  at(instant: number, act: () => void): void {
    const delay = Math.max(0, instant - this.now);
    // Timers overflow at 24.8 days: a longer wait is made of shorter ones.
    if (delay > 2 ** 31 - 1) setTimeout(() => this.at(instant, act), 2 ** 31 - 1);
    else setTimeout(act, delay);
  }

  /**
   * Lets time pass until an instant.
   *
   * @param isDone asked after each step; true ends it early
   */
  async runUntil(end: number, isDone: () => boolean = () => false): Promise<void> {
    await this.#settle();
    while (this.now < end && !isDone()) {
      if (this.#clock.countTimers() === 0) break;
      this.#clock.next();
      await this.#settle();
    }
  }

  /** Lets so many milliseconds pass, with what is due in them. */
  async pass(milliseconds: number): Promise<void> {
    this.#clock.tick(milliseconds);
    await this.#settle();
  }

  uninstall(): void {
    this.#clock.uninstall();
  }

  /** Until nothing is left that runs without time passing. */
  async #settle(): Promise<void> {
    do await new Promise((resolve) => realImmediate(resolve));
    while (this.#inFlight > 0);
  }
}

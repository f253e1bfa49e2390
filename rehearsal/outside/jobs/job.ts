/** A job; in the queue it is at one place at a time. */
export interface Job {
  id: number;
  /** When it comes, ends, or may be begun: whatever is next. */
  at: number;
  /** Since when it could be begun. */
  waitingAt: number;
  /** How long it takes. */
  milliseconds: number;
  isBegun: boolean;
  isPoison: boolean;
  /** Attempts that have failed. */
  failed: number;
  /** How often its worker was killed. */
  stalled: number;
  worker?: Worker;
}

/** A process that does jobs. */
export interface Worker {
  id: string;
  active: Set<Job>;
  /** Whether it takes another job. */
  isOpen: boolean;
}

/** What has ended and is still kept. */
export interface Ended {
  id: number;
  /** Milliseconds since the epoch. */
  at: number;
  reason?: string;
}

/** What a queue is like at one moment. */
export interface Counts {
  at: number;
  waiting: number;
  active: number;
  delayed: number;
  /** Delayed ones whose time has come, and which no worker has moved. */
  due: number;
  /** Those that are kept. */
  failed: number;
  completed: number;
  /** Jobs ever added. */
  added: number;
  /** Jobs that ever ended, kept or not. */
  ended: { completed: number; failed: number };
  /** Attempts ever that failed. */
  attemptsFailed: number;
  /** Since when the oldest waits. */
  oldestAt?: number;
}

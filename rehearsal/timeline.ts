/** As much of a clock as a model of something needs: the virtual clock of a rehearsal is one, and so is any other. */
export interface Timeline {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Does something at an instant; a past one is now. */
  at(instant: number, act: () => void): void;
}

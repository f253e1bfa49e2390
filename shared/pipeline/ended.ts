import type { Run } from '../state/runs.ts';

/** How a step of a run ended, as the run's record keeps it: all that people are told of it. */
export interface StepEnded {
  name: string;
  /** `passed-over`: it was not to run, since it had succeeded before, was not asked for, or what it needs had failed. */
  status: 'succeeded' | 'failed' | 'timed-out' | 'passed-over';
  /** How long its work took; of one that was tried several times, the last try. */
  seconds?: number;
  /** How often it was begun, where that was more than once. */
  tries?: number;
  numbers?: Record<string, number>;
  /** Why it failed or was passed over. */
  reason?: string;
  /** What was found against it although it succeeded. */
  warnings?: string[];
  /** Where its output is. */
  log?: string;
}

/** The time from the beginning of a run to its end, in seconds; undefined while it goes on. */
export function secondsOf({ startedAt, admittedAt, endedAt }: Pick<Run, 'startedAt' | 'admittedAt' | 'endedAt'>) {
  return endedAt === undefined ? undefined : (Date.parse(endedAt) - Date.parse(startedAt ?? admittedAt)) / 1000;
}

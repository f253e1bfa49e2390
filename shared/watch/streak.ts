import type { Result } from './result.ts';

/** What is remembered of a check from minute to minute. Instants are milliseconds since the epoch. */
export interface Streak {
  /** In a row; none while it is down. */
  failures: number;
  /** The first of them. */
  failingSince?: number;
  down?: Down;
  /** When it opened, within the last hour. */
  openings: number[];
  /** How many minutes in a row nobody could say how it is. */
  unseen: number;
  /** Of its certificate: with how many days left people were told last. */
  certificateDays?: number;
}

export interface Down {
  /** The first failure: since then it is down, though it opened later. */
  from: number;
  openedAt: number;
  /** What was found when it opened. */
  problem: string;
  /** In a row, since it opened. */
  successes: number;
  /** The first of them. */
  upFrom?: number;
}

export interface Limits {
  openAfter: number;
  closeAfter: number;
  /** Failures do not count at all: work is done on it, it is off by plan, or what it depends on is down. */
  isHeld?: boolean;
  /** They count, and it does not open yet: what it depends on may be going down. */
  mayOpen?: boolean;
}

/** What a minute changed; an `ended` is a downtime from one instant to another. */
export type Change =
  | { what: 'opened'; down: Down }
  | { what: 'closed'; down: Down; to: number }
  | { what: 'unseen'; problem: string }
  | { what: 'seen' };

const HOUR_MS = 3_600_000;
/** As often within an hour and it is flapping. */
const FLAPPING = 3;
/** After so many minutes in a row without an answer to how it is, people are told that it is not watched. */
export const UNSEEN_MINUTES = 15;

export const CALM: Streak = { failures: 0, openings: [], unseen: 0 };

/** Whether there is anything to remember. */
export function isCalm({ failures, down, openings, unseen, certificateDays }: Streak): boolean {
  return !failures && !down && openings.length === 0 && !unseen && certificateDays === undefined;
}

/** One that goes up and down all the time: recovering it again does not help. */
export function isFlapping({ openings }: Streak, now: number): boolean {
  return openings.filter((at) => at > now - HOUR_MS).length >= FLAPPING;
}

/** Takes in what a minute showed. What is unknown neither breaks nor continues a row. */
export function advance(
  before: Streak,
  result: Result,
  limits: Limits,
  now: number,
): { streak: Streak; changes: Change[] } {
  const known = { ...before, openings: before.openings.filter((at) => at > now - HOUR_MS) };
  if (result.outcome === 'unknown') return unknown(known, result.problem);
  const seen: Change[] = known.unseen >= UNSEEN_MINUTES ? [{ what: 'seen' }] : [];
  const { streak, change } = known.down
    ? whileDown(known, known.down, result, limits, now)
    : whileUp(known, result, limits, now);
  return { streak: { ...streak, unseen: 0 }, changes: [...seen, ...(change ? [change] : [])] };
}

/** Ends a downtime that is nobody's concern any more: it is off by plan. */
export function release(before: Streak, now: number): { streak: Streak; changes: Change[] } {
  const { down, failingSince: _, ...rest } = before;
  return {
    streak: { ...rest, failures: 0 },
    changes: down ? [{ what: 'closed', down, to: now }] : [],
  };
}

function unknown(known: Streak, problem: string): { streak: Streak; changes: Change[] } {
  // Counted as far as it matters, so that what stays so changes nothing.
  const unseen = Math.min(known.unseen + 1, UNSEEN_MINUTES);
  return {
    streak: { ...known, unseen },
    changes: unseen > known.unseen && unseen === UNSEEN_MINUTES ? [{ what: 'unseen', problem }] : [],
  };
}

function whileUp(
  { failingSince = undefined, ...known }: Streak,
  result: Exclude<Result, { outcome: 'unknown' }>,
  { openAfter, isHeld = false, mayOpen = true }: Limits,
  now: number,
): { streak: Streak; change?: Change } {
  if (result.outcome === 'ok' || isHeld) return { streak: { ...known, failures: 0 } };
  const failures = known.failures + 1;
  const from = failingSince ?? now;
  if (failures < openAfter || !mayOpen) return { streak: { ...known, failures, failingSince: from } };
  const down: Down = { from, openedAt: now, problem: result.problem, successes: 0 };
  return {
    streak: { ...known, failures: 0, down, openings: [...known.openings, now] },
    change: { what: 'opened', down },
  };
}

function whileDown(
  known: Streak,
  down: Down,
  { outcome }: Result,
  { closeAfter }: Limits,
  now: number,
): { streak: Streak; change?: Change } {
  const { upFrom, ...rest } = down;
  if (outcome !== 'ok') return { streak: { ...known, down: { ...rest, successes: 0 } } };
  const successes = down.successes + 1;
  const to = upFrom ?? now;
  if (successes < closeAfter) return { streak: { ...known, down: { ...rest, successes, upFrom: to } } };
  const { down: _, ...up } = known;
  return { streak: up, change: { what: 'closed', down, to } };
}

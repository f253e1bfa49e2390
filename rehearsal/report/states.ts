import { round } from '../cost.ts';
import type { Journal, Of } from '../journal.ts';

/** What an execution went through; instants in milliseconds since the epoch. */
export interface Passage {
  from: number;
  states: StateReport[];
}

/** A state that an execution was in. */
export interface StateReport {
  state: string;
  /** Seconds from the first state's beginning. */
  after: number;
  /** How long it took, in seconds; without it no time that can be told. */
  seconds?: number;
  /** How often it was tried, where that was more than once: a poll is a retry too. */
  tries?: number;
  /** The error that it ended with, caught or not. */
  error?: string;
  /** It was not left: the execution failed in it, was aborted in it, or is in it still. */
  isLast?: true;
}

interface Visit {
  name: string;
  from: number;
  to?: number;
  tries: number;
  error?: string;
}

/** The states that executions went through, in the order in which they were entered, by the execution's ARN. */
export function passagesOf(journal: Journal): Map<string, Passage> {
  const executions = new Map<string, Visit[]>();
  for (const entry of journal.of('state')) {
    const visits = executions.get(entry.execution) ?? [];
    executions.set(entry.execution, visits);
    note(visits, entry);
  }
  return new Map(
    [...executions].map(([arn, visits]) => {
      const from = visits[0]?.from ?? 0;
      return [arn, { from, states: visits.map((visit) => asReport(visit, from)) }];
    }),
  );
}

function note(visits: Visit[], { phase, state, error, at }: Of<'state'>): void {
  if (phase === 'entered') {
    visits.push({ name: state, from: at, tries: 1 });
    return;
  }
  // Iterations of a map are in states of one name at a time: the first that came is the first that goes.
  const visit = visits.find(({ name, to }) => name === state && to === undefined);
  if (!visit) return;
  if (phase === 'exited') visit.to = at;
  if (phase === 'failed') visit.error = error ?? 'unknown';
  if (phase === 'retried') {
    visit.tries++;
    visit.error = undefined;
  }
}

function asReport({ name, from, to, tries, error }: Visit, begun: number): StateReport {
  const seconds = to === undefined ? 0 : round((to - from) / 1000, 1);
  return {
    ...{ state: name, after: round((from - begun) / 1000, 1) },
    ...(seconds > 0 && { seconds }),
    ...(tries > 1 && { tries }),
    ...(error !== undefined && { error }),
    ...(to === undefined && { isLast: true as const }),
  };
}

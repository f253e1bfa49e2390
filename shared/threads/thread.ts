import type { Because, Earlier, Incident, Message } from '../messages/message.ts';
import type { Notice } from '../notices/notice.ts';
import type { Kind, Severity } from '../stage/compiled.ts';

/**
 * What belongs together and is one message in a channel: an incident (workload, cause), the progress of one run, or a
 * single notice. Instants are milliseconds since the epoch.
 */
export interface Thread {
  workload: string;
  /** Its name within the workload: see `threadOf`. */
  thread: string;
  kind?: Kind;
  /** `passing`: repeats are counted, nobody says that it is over. `progress`: each notice is told, in order. */
  state: 'open' | 'resolved' | 'passing' | 'progress';
  /** When this episode began; a later one is a message of its own. */
  openedAt: number;
  lastAt: number;
  /** When, by its own word, the notice happened that gave it its state. */
  changedAt: number;
  endedAt?: number;
  /** How often it was told in this episode, the first time included. */
  count: number;
  /** Grows with each change that a channel might show. */
  revision: number;
  /** The worst of this episode. */
  severity: Severity;
  /** What it is about now. */
  notice: Notice;
  /** The notices before, oldest first: no more than `KEPT`. */
  earlier: Earlier[];
  dropped: number;
  /** The last notices that were folded in, so that a copy of one is known. */
  ids: string[];
  /** When it opened again after it was resolved, lately. */
  reopened: number[];
  flappingSince?: number;
  acknowledged?: { by: string; at: number };
  /** The channels that were told of this episode. */
  heardBy: string[];
  /** The channels that are told at the end of the quiet hours. */
  held: string[];
  /** When channels were last told aloud, and at which count. */
  saidAt: number;
  saidCount: number;
  remindedAt?: number;
  /** The channels that it was escalated to. */
  escalatedTo: string[];
  /** A delayed signal is under way until then; it will show whatever is added before. */
  nudgedUntil: number;
  /** When somebody has to look at it again. */
  followAt?: number;
  /** It began in a storm, which speaks for it. */
  inStorm?: boolean;
  /** Of a storm: how many notices of each workload. */
  tally?: Record<string, number>;
  /** Of a storm: how many incidents began in it. */
  causes?: number;
  /** When it was looked at whether a storm is over. */
  lookedAt?: number;
}

const RANKS: Record<Severity, number> = { info: 0, success: 0, warning: 1, critical: 2 };

/** The thread of its workload that a notice belongs to. */
export function threadOf({ id, run, cause }: Pick<Notice, 'id' | 'run' | 'cause'>): string {
  if (cause !== undefined) return `cause ${cause}`;
  return run === undefined ? `notice ${id}` : `run ${run}`;
}

export function isLouder(severity: Severity, than: Severity): boolean {
  return RANKS[severity] > RANKS[than];
}

/** What people see of its state. */
export function incidentState({ state, flappingSince }: Thread): Incident['state'] | undefined {
  if (state === 'progress') return undefined;
  return flappingSince === undefined ? state : 'flapping';
}

/** The thread as a channel shows it. */
export function messageOf(known: Thread, because?: Because): Message {
  const { notice, thread, openedAt, count, endedAt, acknowledged, earlier, dropped } = known;
  const state = incidentState(known);
  // A single notice that came once is no incident.
  const isIncident = state !== undefined && (state !== 'passing' || count > 1);
  return {
    ...{ notice, thread, earlier, dropped },
    ...(isIncident && {
      incident: {
        ...{ state, openedAt, count },
        ...(endedAt !== undefined && { endedAt }),
        ...(acknowledged && { acknowledged }),
      },
    }),
    ...(because && { because }),
  };
}

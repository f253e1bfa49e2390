import type { Notice } from '../notices/notice.ts';
import type { Severity } from '../stage/compiled.ts';

/** A thread as a channel shows it: renderers make a message of their channel of it. */
export interface Message {
  /** What it is about now. */
  notice: Notice;
  /** The name of the thread, within its workload. */
  thread: string;
  incident?: Incident;
  /** The notices before, oldest first. */
  earlier: Earlier[];
  /** How many more there were, which are not kept. */
  dropped: number;
  /** Why this channel carries it, or carries it again. */
  because?: Because;
}

/** An incident at a moment; instants are milliseconds since the epoch. */
export interface Incident {
  state: 'open' | 'resolved' | 'flapping' | 'passing';
  openedAt: number;
  /** How often it was told, the first time included. */
  count: number;
  endedAt?: number;
  acknowledged?: { by: string; at: number };
}

export interface Earlier {
  /** Milliseconds since the epoch. */
  at: number;
  title: string;
  severity: Severity;
}

export interface Because {
  /** The same for each copy of one signal. */
  id: string;
  what: 'fallback' | 'escalation' | 'reminder';
  /** The channel that could not. */
  channel?: string;
  why?: string;
}

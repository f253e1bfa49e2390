import type { Kind, Rung, Severity } from '../stage/compiled.ts';
import type { Ending } from '../state/runs.ts';

/**
 * What `/status.json` and `/history.json` answer: codes and numbers, which pages put in words. Instants are ISO 8601 in
 * UTC, `2026-11-20T09:00:00Z`: whoever reads knows best where they are. Dates are local to the stage. Nothing in them is
 * an id, an address, a secret or a person; what people said is there only where the address is protected.
 */
interface Head {
  version: 1;
  stage: string;
  /** What the stage file calls it, or the name of the stage. Anything people write, also `<script>`: text, not HTML. */
  title: string;
  /** When it was looked at. */
  at: string;
  language: 'en' | 'ko';
  /** IANA, of the stage: what dates and runs are named by. */
  timezone: string;
}

export interface StatusAnswer extends Head {
  /** Those that run, then services, then queues; of `?workload=x` that one alone. Names are text, as the title is. */
  workloads: WorkloadNow[];
}

/** How one workload, service or queue is. */
export interface WorkloadNow {
  name: string;
  kind: Kind;
  /**
   * Of batches, environments and pipelines `on` … `missing`: `changing` is updated or rolled back, `broken` waits for a
   * person or its next start. Of services `up` … `held`: `failing` has not failed long enough to be down, `held` does not
   * answer and need not (see `why`). Of queues `working` … `unreadable`. Of any: `unknown`.
   */
  now:
    | ('on' | 'off' | 'starting' | 'stopping' | 'changing' | 'broken' | 'missing')
    | ('up' | 'failing' | 'down' | 'held')
    | ('working' | 'waiting' | 'empty' | 'unreadable')
    | 'unknown';
  /** Whether people can use it; null where nobody knows: ask the thing itself, and do not call it down. */
  up: boolean | null;
  /** Since when it is as it is, as far as that is known. */
  since?: string;
  /** Why it is not up, or not known; of what is up, why it may not stay so. */
  why?: Why;
  /** When it starts next by its schedule, the calendar and what people said; when work on a service ends. */
  opensAt?: string;
  /** By when it is off again, of what is on. */
  closesAt?: string;
  /** Of environments, when they are planned to be up today and tomorrow; local days. */
  ahead?: { from: string; to: string }[];
  /** Of batches, environments and pipelines: the run that goes on, or else the newest. */
  run?: RunAnswer;
  /** Of queues. */
  queue?: { backlog?: number; workers?: number; max: number };
  /** Of services: what each check showed last. */
  checks?: { name: string; outcome: 'ok' | 'failed' | 'unknown'; ms?: number }[];
}

export interface Why {
  code: WhyCode;
  /** Until when, where that is known. */
  until?: string;
  /** Only of protected addresses: who and why, or what was seen. */
  text?: string;
}

/**
 * - `hours`: off by plan; `closed`: a day off by the calendar; `between-runs`: a batch or pipeline that waits for its time
 * - `stopped`: a person has stopped it
 * - `paused`, `skipped`: a person holds it back; `stage-paused`: everything; `emergency`: everything was stopped
 * - `over-budget`: nothing new today; `breaker`: too many failures in a row, a person has to look
 * - `kept`: a person keeps it on (of what is up)
 * - `starting`, `stopping`, `changing`: just now
 * - `failed`: its last start failed; `broken`, `missing`: AWS says so
 * - of runs: `late`, too late to start; `busy`, another run went on; `too-long`, it was cut off at its deadline
 * - `down`: its checks fail; `recovering`: and it is being restarted; `maintenance`: work is done on it
 * - `off-with`: off by plan with what it runs on
 * - `unreadable`: the queue does not answer; `runaway`: its workers are held down
 * - `not-asked`: AWS did not answer; `not-looked-at`: nobody looked lately; `control`: our own connection fails
 */
export type WhyCode =
  | ('hours' | 'closed' | 'between-runs')
  | ('stopped' | 'paused' | 'skipped' | 'stage-paused' | 'emergency' | 'over-budget' | 'breaker' | 'kept')
  | ('starting' | 'stopping' | 'changing' | 'failed' | 'broken' | 'missing')
  | ('down' | 'recovering' | 'maintenance' | 'off-with')
  | ('late' | 'busy' | 'too-long')
  | ('unreadable' | 'runaway')
  | ('not-asked' | 'not-looked-at' | 'control');

export interface HistoryAnswer extends Head {
  /** The last 90 local dates, oldest first; today is the last one. */
  days: string[];
  /** In the order of `/status.json`. */
  workloads: WorkloadHistory[];
  /** Missing where nothing was reckoned, or the stage file keeps spending to itself. */
  month?: MonthAnswer;
  /** Newest first, at most 50: those that go on, and what happened in the 90 days. */
  incidents: IncidentAnswer[];
  /** Of all workloads, newest first, at most 50; not the recoveries of services: those are steps of incidents. */
  runs: RunAnswer[];
}

export interface WorkloadHistory {
  name: string;
  kind: Kind;
  /** Of services: of the minutes in the 90 days that it was watched, 0 to 100. */
  percent?: number;
  /** Of the others: runs, or jobs of a queue, in the 90 days. */
  succeeded?: number;
  failed?: number;
  /** One for each of `days`, in their order. */
  bars: Bar[];
}

export interface Bar {
  /**
   * `good`: all went well; `fair`: something failed; `bad`: most did, or it was down for an hour and more; `idle`: off by
   * plan, nothing to do; `unknown`: nobody has watched, or it did not exist yet.
   */
  level: 'good' | 'fair' | 'bad' | 'idle' | 'unknown';
  /** Of services. */
  percent?: number;
  downMinutes?: number;
  /** How long it was seen on; of queues, all workers together. */
  onHours?: number;
  /** Runs, or jobs of a queue. */
  succeeded?: number;
  failed?: number;
  skipped?: number;
}

/** This month of the stage's zone, so far; US dollars at list price. */
export interface MonthAnswer {
  /** `2026-11` */
  month: string;
  /** Up to when it is reckoned. */
  asOf: string;
  usd: number;
  /** What all of it would have cost, always on for as long. */
  alwaysOnUsd: number;
  onHours: number;
  /** Of one thing always on, so long: what `onHours` of a workload is held against. */
  hours: number;
  /** The stage's limit a day. */
  limit?: number;
  /** Whether prices are missing: the sums are too low then. */
  isPartial: boolean;
  /** From the first to today, oldest first; a day that nobody has reckoned is not in it. */
  days: { day: string; usd: number; alwaysOnUsd: number; onHours: number }[];
  /** In the order of `/status.json`; `alwaysOnUsd` is missing of queues, which nobody would have always on. */
  workloads: {
    name: string;
    usd: number;
    onHours: number;
    alwaysOnUsd?: number;
    days: { day: string; onHours: number }[];
  }[];
}

export interface IncidentAnswer {
  name: string;
  kind?: Kind;
  /** `down`: a service; `run-failed`: a run did not end well; `other`: anything else that people were told of and that goes on. */
  what: 'down' | 'run-failed' | 'other';
  severity: Severity;
  from: string;
  /** Missing while it goes on. */
  to?: string;
  /** Whether a person has said that they look after it; of what goes on. */
  isAcknowledged?: boolean;
  /** Only of protected addresses. */
  text?: string;
  /** What was done about it, the oldest first. */
  steps: {
    at?: string;
    rung: Rung;
    result: 'running' | 'helped' | 'did-not-help' | 'failed' | 'refused';
    seconds?: number;
  }[];
}

export interface RunAnswer {
  name: string;
  kind: Kind;
  /** Of an environment. */
  act?: 'start' | 'stop';
  /** The local wall-clock time that it was scheduled for, `2026-11-20T09:00`; with `name` it names the run. */
  key: string;
  by: 'schedule' | 'sweeper' | 'pipeline' | 'person' | 'emergency';
  status: 'running' | Ending;
  startedAt?: string;
  endedAt?: string;
  seconds?: number;
  /** Why it was skipped or did not end well, where a code says it. */
  why?: Why;
  /** Of a pipeline, as far as they have ended, in the order of the stage file. */
  steps?: { name: string; status: string; seconds?: number }[];
}

/** What is answered instead, with a status of 400, 401, 404 or 503. */
export interface ProblemAnswer {
  error: { code: 'bad-request' | 'no-token' | 'unknown-workload' | 'not-found' | 'unavailable' };
}

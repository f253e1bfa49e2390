/**
 * The stage as the deployed functions see it: the stage file validated, its durations in seconds, its holidays
 * computed. It travels in every function's zip as `stage.json`.
 */
export interface CompiledStage {
  stage: string;
  region: string;
  timezone: string;
  calendar: Calendar;
  notify: { channels: Record<string, Channel>; routes: Route[] };
  budget: { daily?: number; emergency?: number };
  prices: Record<string, number>;
  workloads: Record<string, Workload>;
}

export interface Calendar {
  /** Local date → why it is closed. */
  closed: Record<string, string>;
  /** Local dates that are working days although they would not be. */
  open: string[];
  /** The last local date that the holidays were computed for. */
  until: string;
}

export type Days = 'every-day' | 'weekdays' | ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];

export type Severity = 'info' | 'success' | 'warning' | 'critical';

export type Channel = { kind: 'discord'; webhook: string } | { kind: 'email'; to: string[] };

export interface Route {
  severity: Severity[];
  to: string[];
}

export type Workload = BatchWorkload;

export interface BatchWorkload {
  kind: 'batch';
  instance: { id: string; type?: string; storage?: { size: number; type: string } };
  timezone: string;
  at: { time: string; parameters: Record<string, string> }[];
  days: Days;
  run: Job;
  deadlineSeconds: number;
  startWithinSeconds: number;
  breakerFailures: number;
  stopIfFoundRunning: boolean;
}

export interface Job {
  by: 'ssm' | 'boot';
  command: string;
  cwd?: string;
  user?: string;
  environment: Record<string, string>;
  parameters: Record<string, string>;
  logs?: { bucket: string; prefix: string };
  heartbeatSeconds: number;
}

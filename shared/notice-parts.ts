import type { Notice } from './notices.ts';
import { localTime } from './slots.ts';
import type { CompiledStage, Severity } from './stage/compiled.ts';
import type { Run } from './state/runs.ts';

/** What the notices on runs of every kind are made of. */

/** Skips that the calendar or a person asked for are routine: recorded, not said. */
const ROUTINE_SKIP =
  /^(closed|not a working day|skipped|paused|the stage is paused|kept|within its hours|late: its hours are over)\b/;

/** What an error's name means to somebody who does not know AWS's names by heart. */
const MEANINGS: [RegExp, string][] = [
  [
    /^InsufficientInstanceCapacity/,
    'AWS had no capacity for this type in its zone for half an hour; another type or zone may have.',
  ],
  [
    /^Ssm\.InvalidInstanceId/,
    'The SSM agent on the instance did not come online: is it installed, has the instance its role and a way to Systems Manager?',
  ],
  [/^States\.HeartbeatTimeout/, 'The agent on the instance went silent.'],
  [
    /UnauthorizedOperation|AccessDenied|not authorized/,
    'The role may not do this: was the stage deployed after the stage file was changed?',
  ],
  [/^DataWouldBeLost/, 'Nothing was deleted.'],
  [/^StackNeedsPerson: REVIEW_IN_PROGRESS/, 'A change set waits for review: execute it or delete it.'],
  [
    /^StackNeedsPerson: (?!REVIEW)/,
    'CloudFormation cannot go on from this state by itself, and neither does Lamplighter.',
  ],
];

/** Skips by the calendar or a person's word are what they wanted to happen. What a person asked for is answered. */
export function isRoutine({ status, reason = '', by }: Run): boolean {
  return status === 'skipped' && ROUTINE_SKIP.test(reason) && (by === 'schedule' || by === 'sweeper');
}

export function meaningsOf(reason: string): string[] {
  return MEANINGS.filter(([name]) => name.test(reason)).map(([, meaning]) => meaning);
}

/** All of a notice but its lines. @param event what it says of the run: one notice for each */
export function head(
  run: { workload: string; key: string; execution?: string },
  stage: CompiledStage,
  event: string,
  severity: Severity,
  text: string,
  now: number,
): Omit<Notice, 'lines'> {
  const { workload, key, execution } = run;
  return {
    id: `${workload} ${key} ${event}`,
    at: localTime(now, stage.timezone),
    stage: stage.stage,
    workload,
    severity,
    title: text,
    ...(execution && { execution }),
  };
}

export function title({ workload, key }: { workload: string; key: string }): string {
  return `${workload} ${key.replace('T', ' ')}`;
}

/** The time of day in the zone of the workload. */
export function local(instant: string | number, { workload }: { workload: string }, stage: CompiledStage): string {
  return localTime(instant, stage.workloads[workload]?.timezone ?? stage.timezone).slice(11, 16);
}

/** A duration for people. */
export function minutes(seconds: number): string {
  const whole = Math.round(seconds / 60);
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return whole < 120 ? `${whole} min` : `${Math.floor(whole / 60)} h ${whole % 60} min`;
}

/** What is said when failures in a row have opened the breaker. */
export function breakerLines({ failuresInRow, breakerFailures, workload }: Run): string[] {
  const isOpen = failuresInRow !== undefined && failuresInRow >= (breakerFailures ?? Number.POSITIVE_INFINITY);
  return isOpen
    ? [`${failuresInRow} failures in a row: nothing starts any more until somebody resumes ${workload}.`]
    : [];
}

/** How long before its end people are told that the package's calendar ends, in milliseconds. */
const CALENDAR_WARNING_MS = 30 * 24 * 3_600_000;

/** That the holidays which were packaged come to their end: after it, a holiday is a day like any other. */
export function calendarLines({ calendar: { until } }: CompiledStage, now: number): string[] {
  return Date.parse(until) - now < CALENDAR_WARNING_MS
    ? [`Holidays are known until ${until}: deploy again, and later ones are known too.`]
    : [];
}

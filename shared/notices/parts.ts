import { retold } from '../reasons.ts';
import type { CompiledStage, Severity } from '../stage/compiled.ts';
import type { Run } from '../state/runs.ts';
import { wallClock, wallTime } from '../time/wall-clock.ts';
import { type Words, wordsOf } from '../words/words.ts';
import { executionLink, labelled } from './links.ts';
import type { Notice } from './notice.ts';

/** What the notices on runs of every kind are made of. */

type Zones = Pick<CompiledStage, 'workloads' | 'timezone'>;

/** Skips that the calendar or a person asked for are routine: recorded, not said. */
const ROUTINE_SKIP =
  /^(closed|not a working day|skipped|paused|the stage is paused|kept|within its hours|late: its hours are over)\b/;

const MEANINGS: [RegExp, keyof Words['meanings']][] = [
  [/^InsufficientInstanceCapacity/, 'noCapacity'],
  [/^Ssm\.InvalidInstanceId/, 'noAgent'],
  [/^States\.HeartbeatTimeout/, 'agentSilent'],
  [/UnauthorizedOperation|AccessDenied|not authorized/, 'notAllowed'],
  [/^DataWouldBeLost/, 'nothingDeleted'],
  [/^StackNeedsPerson: REVIEW_IN_PROGRESS/, 'changeSetWaits'],
  [/^StackNeedsPerson: (?!REVIEW)/, 'stuck'],
];

/** Whether it was skipped because the calendar or a person wanted it so. */
export function isWanted({ status, reason = '' }: Run): boolean {
  return status === 'skipped' && ROUTINE_SKIP.test(reason);
}

/** What is wanted is not said, but to a person who asked for something else. */
export function isRoutine(run: Run, stage?: Pick<CompiledStage, 'workloads'>): boolean {
  return isWanted(run) && isPlanned(run, stage);
}

/** Whether nobody asked for it but the schedule, the sweeper in its place, or the success of what it follows. */
export function isPlanned(
  { by }: Pick<Run, 'by'>,
  { workloads }: Pick<CompiledStage, 'workloads'> = { workloads: {} },
): boolean {
  return by === 'schedule' || by === 'sweeper' || Object.hasOwn(workloads, by);
}

/** Why it ended so, and what that means. */
export function reasonLines(reason: string, words: Words): string[] {
  if (!reason) return [];
  return [retold(reason, words.reason), ...meaningsOf(reason, words)];
}

export function meaningsOf(reason: string, { meanings }: Words): string[] {
  return MEANINGS.filter(([name]) => name.test(reason)).map(([, meaning]) => meanings[meaning]);
}

/** All of a notice but what it tells. @param event what it says of the run: one notice for each */
export function head(
  run: { workload: string; key: string; execution?: string },
  stage: CompiledStage,
  event: string,
  severity: Severity,
  title: string,
  now: number,
): Omit<Notice, 'lines'> {
  const { workload, key, execution } = run;
  const { kind } = stage.workloads[workload] ?? {};
  return {
    id: `${workload} ${key} ${event}`,
    at: wallTime(now, stage.timezone),
    stage: stage.stage,
    workload,
    severity,
    title,
    ...(execution && { execution }),
    links: labelled(wordsOf(stage).links.run, executionLink(execution)),
    ...(kind && { kind }),
  };
}

/** A notice without what it does not have; links come after those of its head. */
export function told(head: Omit<Notice, 'lines'>, rest: Omit<Partial<Notice>, 'lines'> & { lines: string[] }): Notice {
  const { did = [], todo = [] } = rest;
  const links = [...(head.links ?? []), ...(rest.links ?? [])];
  const { did: _, todo: __, links: ___, ...notice } = { ...head, ...rest };
  return {
    ...notice,
    ...(did.length > 0 && { did }),
    ...(todo.length > 0 && { todo }),
    ...(links.length > 0 && { links }),
  };
}

/** What a run is called on the day that it was planned for: its workload and the time; on others with the date. */
export function named({ workload, key }: { workload: string; key: string }, stage: Zones, now: number): string {
  const today = wallTime(now, zoneOf({ workload }, stage)).slice(0, 10);
  const [date = '', time = ''] = key.split('T');
  return `${workload} ${date === today ? time : `${date.slice(5)} ${time}`}`;
}

/** The time of day in the zone of the workload. */
export function local(instant: string | number, about: { workload: string }, stage: Zones): string {
  return wallClock(Number(new Date(instant)), zoneOf(about, stage)).time;
}

export function zoneOf({ workload }: { workload: string }, { workloads, timezone }: Zones): string {
  return (Object.hasOwn(workloads, workload) ? workloads[workload]?.timezone : undefined) ?? timezone;
}

/** A duration for people. */
export function minutes(seconds: number, { units }: Words): string {
  const whole = Math.round(seconds / 60);
  if (seconds < 90) return units.seconds(Math.round(seconds));
  return whole < 120 ? units.minutes(whole) : units.hours(Math.floor(whole / 60), whole % 60);
}

/** Whether failures in a row have opened the breaker. */
export function opensBreaker({ failuresInRow, breakerFailures }: Run): boolean {
  return failuresInRow !== undefined && failuresInRow >= (breakerFailures ?? Number.POSITIVE_INFINITY);
}

/** How long before its end people are told that the package's calendar ends, in milliseconds. */
const CALENDAR_WARNING_MS = 30 * 24 * 3_600_000;

/** That the holidays which were packaged come to their end: after it, a holiday is a day like any other. */
export function calendarLines(stage: CompiledStage, now: number): string[] {
  const { until } = stage.calendar;
  return Date.parse(until) - now < CALENDAR_WARNING_MS ? [wordsOf(stage).todo.deployAgain(until)] : [];
}

/** The notice, and that holidays come to their end where they do. */
export function withCalendar(notice: Notice, stage: CompiledStage, now: number): Notice {
  const lines = calendarLines(stage, now);
  return lines.length > 0 ? { ...notice, todo: [...(notice.todo ?? []), ...lines] } : notice;
}

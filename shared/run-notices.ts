import { environmentEndedNotice } from './environment-notices.ts';
import { breakerLines, calendarLines, head, isRoutine, local, meaningsOf, minutes, title } from './notice-parts.ts';
import type { Notice } from './notices.ts';
import type { CompiledStage, Severity } from './stage/compiled.ts';
import { type Run, STOPPED_BY } from './state/runs.ts';

const ENDINGS: Record<Run['status'], { severity: Severity; says: string }> = {
  running: { severity: 'info', says: 'is running' },
  succeeded: { severity: 'success', says: 'succeeded' },
  failed: { severity: 'warning', says: 'failed' },
  'timed-out': { severity: 'critical', says: 'ran out of time' },
  skipped: { severity: 'warning', says: 'was skipped' },
  aborted: { severity: 'critical', says: 'was cut off' },
};

/** Failures that will not mend themselves: a person is needed before the next run. */
const NEEDS_A_PERSON =
  /^(InstanceNotFound|InstanceTerminated|ShutdownWouldTerminate|ConfigurationMissing|UnknownWorkload)\b/;

/** One that a person has stopped was not cut off. */
const STOPPED = { severity: 'info', says: 'was stopped' } as const;

type RunFacts = Pick<Run, 'workload' | 'key' | 'execution' | 'by' | 'deadlineAt'>;

/** That a job begins, and by when it has to be done. */
export function startedNotice(
  run: RunFacts & { stopIfFoundRunning: boolean },
  foundOn: boolean,
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const afterwards = run.stopIfFoundRunning ? 'stopped at the end' : 'left on';
  return {
    ...head(run, stage, 'started', 'info', `${title(run)} started`, now),
    lines: [
      foundOn ? `The instance was already on: it is used, and ${afterwards}.` : 'The instance is on.',
      `It has until ${local(run.deadlineAt, run, stage)}.`,
      ...(run.by === 'schedule' ? [] : [`Started by ${run.by}.`]),
    ],
  };
}

/** How a run ended; undefined when that is routine. */
export function endedNotice(run: Run, stage: CompiledStage, now: number = Date.now()): Notice | undefined {
  if (isRoutine(run)) return undefined;
  const notice = run.kind === 'environment' ? environmentEndedNotice(run, stage, now) : batchEnded(run, stage, now);
  return notice && { ...notice, lines: [...notice.lines, ...calendarLines(stage, now)] };
}

function batchEnded(run: Run, stage: CompiledStage, now: number): Notice {
  const isAskedFor = run.status === 'aborted' && run.reason?.startsWith(STOPPED_BY);
  const { says, severity } = isAskedFor ? STOPPED : ENDINGS[run.status];
  const isOpen = breakerLines(run).length > 0;
  const leftOn = run.reason?.includes('not stopped: ') ?? false;
  const isCritical = isOpen || leftOn || NEEDS_A_PERSON.test(run.reason ?? '');
  return {
    ...head(run, stage, run.status, isCritical ? 'critical' : severity, `${title(run)} ${says}`, now),
    lines: [
      ...(run.reason ? [run.reason] : []),
      ...meaningsOf(run.reason ?? ''),
      ...(run.jobSeconds === undefined ? [] : [`The job took ${minutes(run.jobSeconds)}.`]),
      ...(run.exitCode === undefined ? [] : [`Exit code ${run.exitCode}.`]),
      ...(run.instanceHours ? [`The instance was on for ${minutes(run.instanceHours * 3600)}.`] : []),
      ...(run.log ? [`Log: ${run.log}`] : []),
      ...breakerLines(run),
      ...(leftOn ? [`Instance ${run.instanceId} may still be on. The sweeper tries again every ten minutes.`] : []),
    ],
  };
}

/** That an instance which a run started is still on, however often it was asked to stop. */
export function stillOnNotice(run: Run, why: string, stage: CompiledStage, now: number = Date.now()): Notice {
  return {
    ...head(
      run,
      stage,
      `still-on ${new Date(now).toISOString()}`,
      'critical',
      `${title(run)}: the instance is still on`,
      now,
    ),
    lines: [
      `${run.instanceId} was asked to stop and is not stopped (${why}).`,
      'It is asked again every ten minutes, and this is said again every hour.',
      `By hand: aws ec2 stop-instances --instance-ids ${run.instanceId}`,
    ],
  };
}

/** That a start which should have come by itself did not, and is made now. */
export function lostStartNotice(
  workload: string,
  slot: { key: string; inGap: boolean },
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const run = { workload, key: slot.key };
  return slot.inGap
    ? {
        ...head(run, stage, 'gap', 'info', `${title(run)} does not exist today`, now),
        lines: ['The clocks skip it (daylight saving time). It runs now, at the first minute after.'],
      }
    : {
        ...head(run, stage, 'lost', 'warning', `${title(run)} did not start by itself`, now),
        lines: ['EventBridge Scheduler did not deliver it. The sweeper starts it now.'],
      };
}

/** That it could not even be decided whether a run may start, or an environment may be stopped. */
export function notAdmittedNotice(
  request: { workload: string; scheduledFor?: string; act?: 'start' | 'stop' },
  why: string,
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const run = { workload: request.workload, key: request.scheduledFor ?? new Date(now).toISOString() };
  return {
    ...head(
      run,
      stage,
      'not-admitted',
      'critical',
      `${run.workload} could not be ${request.act === 'stop' ? 'stopped' : 'started'}`,
      now,
    ),
    lines: [
      why,
      `Nothing was ${request.act === 'stop' ? 'stopped' : 'started'}. If it was planned, the sweeper tries it again.`,
    ],
  };
}

import type { Notice } from './notices.ts';
import { localTime } from './slots.ts';
import type { CompiledStage, Severity } from './stage/compiled.ts';
import type { Run } from './state/runs.ts';

const ENDINGS: Record<Run['status'], { severity: Severity; says: string }> = {
  running: { severity: 'info', says: 'is running' },
  succeeded: { severity: 'success', says: 'succeeded' },
  failed: { severity: 'warning', says: 'failed' },
  'timed-out': { severity: 'critical', says: 'ran out of time' },
  skipped: { severity: 'warning', says: 'was skipped' },
  aborted: { severity: 'critical', says: 'was cut off' },
};

/** Skips that the calendar or a person asked for are routine: recorded, not said. */
const ROUTINE_SKIP = /^(closed|not a working day|skipped|paused|the stage is paused)\b/;

/** Failures that will not mend themselves: a person is needed before the next run. */
const NEEDS_A_PERSON =
  /^(InstanceNotFound|InstanceTerminated|ShutdownWouldTerminate|ConfigurationMissing|UnknownWorkload)\b/;

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
    /UnauthorizedOperation|AccessDenied/,
    'The role may not do this: was the stage deployed after the stage file was changed?',
  ],
];

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
  if (run.status === 'skipped' && ROUTINE_SKIP.test(run.reason ?? '')) return undefined;
  const { says, severity } = ENDINGS[run.status];
  const isOpen =
    run.failuresInRow !== undefined && run.failuresInRow >= (run.breakerFailures ?? Number.POSITIVE_INFINITY);
  const leftOn = run.reason?.includes('not stopped: ') ?? false;
  const isCritical = isOpen || leftOn || NEEDS_A_PERSON.test(run.reason ?? '');
  return {
    ...head(run, stage, run.status, isCritical ? 'critical' : severity, `${title(run)} ${says}`, now),
    lines: [
      ...(run.reason ? [run.reason] : []),
      ...MEANINGS.filter(([name]) => name.test(run.reason ?? '')).map(([, meaning]) => meaning),
      ...(run.jobSeconds === undefined ? [] : [`The job took ${minutes(run.jobSeconds)}.`]),
      ...(run.exitCode === undefined ? [] : [`Exit code ${run.exitCode}.`]),
      ...(run.instanceHours ? [`The instance was on for ${minutes(run.instanceHours * 3600)}.`] : []),
      ...(run.log ? [`Log: ${run.log}`] : []),
      ...(isOpen
        ? [`${run.failuresInRow} failures in a row: nothing starts any more until somebody resumes ${run.workload}.`]
        : []),
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

/** That it could not even be decided whether a run may start. */
export function notAdmittedNotice(
  request: { workload: string; scheduledFor?: string },
  why: string,
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const run = { workload: request.workload, key: request.scheduledFor ?? new Date(now).toISOString() };
  return {
    ...head(run, stage, 'not-admitted', 'critical', `${run.workload} could not be started`, now),
    lines: [why, 'Nothing was started. If this was a scheduled start, the sweeper tries it again.'],
  };
}

function head(
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

function title({ workload, key }: { workload: string; key: string }): string {
  return `${workload} ${key.replace('T', ' ')}`;
}

function local(instant: string, { workload }: RunFacts, stage: CompiledStage): string {
  return localTime(instant, stage.workloads[workload]?.timezone ?? stage.timezone).slice(11, 16);
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds / 60);
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return whole < 120 ? `${whole} min` : `${Math.floor(whole / 60)} h ${whole % 60} min`;
}

import { breakerLines, head, local, meaningsOf, minutes, title } from './notice-parts.ts';
import type { Notice } from './notices.ts';
import { plannedBetween } from './planned.ts';
import type { CompiledStage, Severity } from './stage/compiled.ts';
import type { Run } from './state/runs.ts';

const DAY_MS = 24 * 3_600_000;

const ENDINGS: Record<'start' | 'stop', Record<Run['status'], { severity: Severity; says: string }>> = {
  start: {
    running: { severity: 'info', says: 'is being created' },
    succeeded: { severity: 'success', says: 'is up' },
    failed: { severity: 'critical', says: 'could not be started' },
    'timed-out': { severity: 'critical', says: 'is not up in time' },
    skipped: { severity: 'warning', says: 'was not started' },
    aborted: { severity: 'critical', says: 'was cut off while it was started' },
  },
  stop: {
    running: { severity: 'info', says: 'is being deleted' },
    succeeded: { severity: 'success', says: 'is deleted' },
    failed: { severity: 'critical', says: 'could not be deleted' },
    'timed-out': { severity: 'critical', says: 'is not deleted in time' },
    skipped: { severity: 'critical', says: 'was not deleted' },
    aborted: { severity: 'critical', says: 'was cut off while it was deleted' },
  },
};

/** That something begins that takes minutes. */
export function environmentBeginsNotice(
  run: Pick<Run, 'workload' | 'key' | 'execution' | 'by'> & { act: 'start' | 'stop' },
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const { says } = ENDINGS[run.act].running;
  return {
    ...head(run, stage, 'began', 'info', `${run.workload} ${says}`, now),
    lines: [
      `Begun at ${local(now, run, stage)}.`,
      ...(run.by === 'schedule' || run.by === 'sweeper' ? [] : [`Asked for by ${run.by}.`]),
    ],
  };
}

/** How a start or a stop ended; undefined when there was nothing to do. */
export function environmentEndedNotice(run: Run, stage: CompiledStage, now: number): Notice | undefined {
  const { act = 'start', status, reason = '', admittedAt, endedAt } = run;
  // It was gone before, and that is what a stop is for. What a person asked for is answered.
  const isAsked = run.by !== 'schedule' && run.by !== 'sweeper';
  if (act === 'stop' && status === 'succeeded' && reason === 'already gone' && !isAsked) return undefined;
  const { says, severity } = ENDINGS[act][status];
  const took = endedAt ? (Date.parse(endedAt) - Date.parse(admittedAt)) / 1000 : undefined;
  return {
    ...head(run, stage, status, severity, `${run.workload} ${says}`, now),
    lines: [
      ...(reason ? [reason] : []),
      ...meaningsOf(reason),
      ...(status === 'succeeded' && !reason && took !== undefined ? [`It took ${minutes(took)}.`] : []),
      ...Object.entries(run.images ?? {}).map(([parameter, tag]) => `${parameter}: ${tag}`),
      ...(act === 'start' && status === 'succeeded' ? untilLine(run, stage, now) : []),
      ...(act === 'stop' && isTriedAgain(run) ? stillUpLines(run, stage) : []),
      ...breakerLines(run),
    ],
  };
}

/** That an environment which should be gone is still there, however often it was deleted. */
export function stillUpNotice(run: Run, stage: CompiledStage, now: number): Notice {
  const event = `still-up ${new Date(now).toISOString()}`;
  return {
    ...head(run, stage, event, 'critical', `${run.workload} is still up`, now),
    lines: [`${title(run)} did not stop it${run.reason ? `: ${run.reason}` : ''}.`, ...stillUpLines(run, stage)],
  };
}

/** A stop that failed is; one that a person or the hours were against is not. */
function isTriedAgain({ status, reason = '' }: Run): boolean {
  return status === 'skipped' ? reason.startsWith('busy') : status !== 'succeeded';
}

/** That a stop which should have come by itself did not, and is made now. */
export function lostStopNotice(workload: string, { key }: { key: string }, stage: CompiledStage, now: number): Notice {
  const run = { workload, key };
  return {
    // Said again with each attempt, until one of them has left a record.
    ...head(
      run,
      stage,
      `lost ${new Date(now).toISOString()}`,
      'warning',
      `${title(run)} did not stop it by itself`,
      now,
    ),
    lines: ['EventBridge Scheduler did not deliver it. The sweeper stops it now.'],
  };
}

function stillUpLines({ workload: name }: Run, stage: CompiledStage): string[] {
  const workload = stage.workloads[name];
  if (workload?.kind !== 'environment') return [];
  return [
    'Until it is gone it costs money. It is tried again every hour, and said again.',
    `By hand: aws cloudformation delete-stack --stack-name ${workload.stack.name}`,
  ];
}

function untilLine(run: Run, stage: CompiledStage, now: number): string[] {
  const workload = stage.workloads[run.workload];
  if (!workload) return [];
  const stop = plannedBetween(workload, stage.calendar, now, now + 8 * DAY_MS).find(({ act }) => act === 'stop');
  return stop ? [`It is deleted at ${local(stop.at, run, stage)}, unless somebody keeps it.`] : [];
}

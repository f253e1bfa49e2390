import { type Cause, describeCaught, readCause } from '../../shared/caught.ts';
import { because } from '../../shared/reasons.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { BatchEnd } from './contract.ts';

/** Error names that say that the time was up, in whichever of the two ways the job is run. */
export const TIME_UP = ['DeadlineExceeded', 'States.Timeout'];

/**
 * How a run of a batch ended, from what the states left behind.
 *
 * @param now milliseconds since the epoch
 */
export function judgeBatch(
  { decision, reason, run, claim, started, result, error, stopped, stopError }: BatchEnd,
  now: number,
): Partial<Run> & Pick<Run, 'status'> {
  if (decision === 'skip') return { status: 'skipped', reason: reason ?? because('unknown'), endedAt: iso(now) };
  const cause = error && readCause(error.Cause);
  const { exitCode, cleanupExitCode, startedAt, endedAt, log }: Cause = result ?? cause ?? {};
  const onSince = claim?.ownsInstance ? started?.at : undefined;
  const seconds = startedAt && endedAt ? Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) : undefined;
  const why = [
    error && describeCaught(error),
    cleanupExitCode && because('cleanUpFailed', cleanupExitCode),
    stopError && because('notStopped', describeCaught(stopError)),
  ];
  return {
    status: error ? (TIME_UP.includes(error.Error) ? 'timed-out' : 'failed') : 'succeeded',
    reason: why.filter(Boolean).join('; ') || undefined,
    startedAt: started?.at ?? run.admittedAt,
    endedAt: stopped?.at ?? iso(now),
    exitCode: exitCode ?? undefined,
    jobSeconds: seconds,
    log,
    ownsInstance: claim?.ownsInstance,
    instanceHours:
      (onSince &&
        Math.round(((Date.parse(stopped?.at ?? iso(now)) - Date.parse(onSince)) / 3_600_000) * 1000) / 1000) ||
      undefined,
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

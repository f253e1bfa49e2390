import { describeCaught } from '../../shared/caught.ts';
import { because } from '../../shared/reasons.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { EnvironmentEnd } from './contract.ts';
import { TIME_UP } from './judge-batch.ts';

/**
 * How a start or a stop of an environment ended.
 *
 * @param now milliseconds since the epoch
 */
export function judgeEnvironment(
  { decision, reason, run, found, images, error }: EnvironmentEnd,
  now: number,
): Partial<Run> & Pick<Run, 'status'> {
  const endedAt = new Date(now).toISOString();
  // A start or a stop that waited in vain comes here with the decision to wait.
  if (decision !== 'run') return { status: 'skipped', reason: reason ?? because('unknown'), endedAt };
  const wasDone = because(run.act === 'start' ? 'alreadyUp' : 'alreadyGone');
  const isUpToDate = found?.todo === 'refresh' && images?.isNewer === false;
  return {
    status: error ? (TIME_UP.includes(error.Error) ? 'timed-out' : 'failed') : 'succeeded',
    reason: error ? describeCaught(error) : found?.todo === 'nothing' || isUpToDate ? wasDone : undefined,
    startedAt: run.admittedAt,
    endedAt,
    images: images?.images,
  };
}

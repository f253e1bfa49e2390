import { logGroup } from '../../../shared/job.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { Refused } from '../command.ts';

/** Where a log is; times in milliseconds since the epoch. */
export type Place =
  | { kind: 'group'; where: string; group: string; streams?: string; from: number; to?: number }
  | { kind: 'object'; where: string; bucket: string; key: string };

/** Output reaches CloudWatch some time after it was written. */
const LATE_MS = 5 * 60_000;

/**
 * Where the log of a run is: as recorded, or, while its job goes on, what the workload has written since it began.
 *
 * @throws Refused, with the way there, when it is where only a person can look
 */
export function placeOf(run: Run, stage: string): Place {
  const { workload, key, log = '', startedAt, admittedAt, endedAt, kind } = run;
  if (kind === 'environment')
    throw new Refused(
      `${workload} ${key} has no log but the events of its stack${run.reason ? `; it says: ${run.reason}` : ''}. Look with sls ops runs --workload ${workload}, or aws cloudformation describe-stack-events`,
    );
  const [, bucket, object] = /^s3:\/\/([^/]+)\/(.+)$/.exec(log) ?? [];
  if (bucket && object) return { kind: 'object', where: log, bucket, key: object };
  const from = Date.parse(startedAt ?? admittedAt);
  const to = endedAt && { to: Date.parse(endedAt) + LATE_MS };
  const [, group, streams] = /^(\/lamplighter\/[^:]+):(.+)$/.exec(log) ?? [];
  if (group && streams) return { kind: 'group', where: log, group, streams, from, ...to };
  if (log)
    throw new Refused(
      `the log of ${workload} ${key} is on its instance, in ${log}: aws ssm start-session --target ${run.instanceId}`,
    );
  const ofWorkload = logGroup(stage, workload);
  return {
    kind: 'group',
    where: `${ofWorkload}, ${endedAt ? 'while it ran' : 'since it began'}`,
    group: ofWorkload,
    from,
    ...to,
  };
}

import { logGroup } from '../../../shared/job.ts';
import type { PipelineWorkload } from '../../../shared/stage/compiled.ts';
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
  if (kind === 'pipeline')
    throw new Refused(
      `say which step's log: --step ${(run.ended ?? [])[0]?.name ?? 'name'}; sls ops runs --steps shows them`,
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

/**
 * Where the log of a step of a pipeline is: as recorded, or, while it goes on, what its pipeline has written since its run
 * began.
 *
 * @throws Refused when there is no such step, or its log is where only a person can look
 */
export function placeOfStep(run: Run, step: string, { steps }: Pick<PipelineWorkload, 'steps'>, stage: string): Place {
  const { workload, key, ended = [], startedAt, admittedAt, endedAt } = run;
  if (!Object.hasOwn(steps, step))
    throw new Refused(`${workload} has no step ${step}; it has: ${Object.keys(steps).join(', ')}`);
  const { log = '', status, reason } = ended.find(({ name }) => name === step) ?? {};
  if (status === 'passed-over') throw new Refused(`${step} did not run in ${workload} ${key}: ${reason ?? ''}`);
  const [, bucket, object] = /^s3:\/\/([^/]+)\/(.+)$/.exec(log) ?? [];
  if (bucket && object) return { kind: 'object', where: log, bucket, key: object };
  const from = Date.parse(startedAt ?? admittedAt);
  const to = endedAt && { to: Date.parse(endedAt) + LATE_MS };
  const [, group, streams] = /^(\/[^:]+):(.+)$/.exec(log) ?? [];
  if (group && streams) return { kind: 'group', where: log, group, streams, from, ...to };
  if (/^\/[^:]+$/.test(log)) return { kind: 'group', where: `${log}, while it ran`, group: log, from, ...to };
  if (log) throw new Refused(`the log of ${step} is in ${log}`);
  const { by } = steps[step]?.work ?? {};
  if (by !== 'command')
    throw new Refused(
      `nothing is known of what ${step} wrote: look where its ${by} writes${reason ? `; it says: ${reason}` : ''}`,
    );
  const ofWorkload = logGroup(stage, workload);
  return {
    kind: 'group',
    where: `${ofWorkload}, all of its steps, ${endedAt ? 'while it ran' : 'since it began'}`,
    group: ofWorkload,
    from,
    ...to,
  };
}

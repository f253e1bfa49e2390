import type { Workload } from '../shared/stage/compiled.ts';
import { weekly } from '../shared/time/planned.ts';
import { type Cron, crons } from './crons.ts';
import type { Estate } from './estate.ts';
import { logicalId } from './logical-id.ts';
import { idsOf } from './pipelines/ids.ts';
import { schedule } from './schedule.ts';

/** What a schedule starts, and how long EventBridge Scheduler may try to. */
const ACTS = {
  run: { verb: 'Starts', machine: 'RunBatch', maximumAge: 900 },
  start: { verb: 'Starts', machine: 'StartEnvironment', maximumAge: 900 },
  // Late is better than never: what is not stopped is paid for.
  stop: { verb: 'Stops', machine: 'StopEnvironment', maximumAge: 3600 },
};

/** One schedule for each workload, act, minute of the hour and set of days, in the workload's own zone. */
export function schedules(estate: Estate): Record<string, object> {
  return Object.fromEntries(
    Object.entries(estate.workloads).flatMap(([name, workload]) =>
      crons(weekly(workload, estate.calendar)).map((cron) => {
        const act = cron.act === 'run' ? '' : `${cron.act}-`;
        const suffix = `${act}at-${cron.minute}${cron.number && `-${cron.number}`}`;
        return [`${logicalId(`${name}-${suffix}`)}Schedule`, scheduleOf(name, workload, `${name}-${suffix}`, cron)];
      }),
    ),
  );
}

function scheduleOf(workload: string, { kind, timezone }: Workload, name: string, { act, expression }: Cron): object {
  const { verb, machine, maximumAge } = ACTS[act];
  const isPipeline = kind === 'pipeline';
  return schedule({
    ...{ name, expression, timezone, maximumAge },
    description: `${verb} ${workload}; its holidays and overrides are looked at when it fires.`,
    target: { Ref: isPipeline ? idsOf(workload).machine : machine },
    role: isPipeline ? 'PipelineScheduleRole' : 'ScheduleRole',
    input: JSON.stringify({
      workload,
      ...(act !== 'run' && { act }),
      scheduledFor: '<aws.scheduler.scheduled-time>',
      by: 'schedule',
    }),
    // A start that comes hours late is worse than one that is said to be lost.
    attempts: 10,
  });
}

import type { Calendar, PipelineWorkload } from '../../shared/stage/compiled.ts';
import { type Weekly, weekly } from '../../shared/time/planned.ts';
import { crons } from '../crons.ts';
import { logicalId } from '../logical-id.ts';
import { schedule } from '../schedule.ts';

/** Schedules that look, some minutes after each time of a pipeline, whether its run has begun. */
export function watches(name: string, pipeline: PipelineWorkload, calendar: Calendar): Record<string, object> {
  const fires = weekly(pipeline, calendar).map((fire) => later(fire, pipeline.begunWithinSeconds / 60));
  return Object.fromEntries(
    crons(fires).map(({ minute, expression, number }) => {
      const id = `${name}-watch-at-${minute}${number && `-${number}`}`;
      return [
        `${logicalId(id)}Schedule`,
        schedule({
          ...{ name: id, expression, timezone: pipeline.timezone },
          description: `Looks whether the run of ${name} has begun.`,
          target: { 'Fn::GetAtt': ['WatchPipelineLambdaFunction', 'Arn'] },
          role: 'PipelineScheduleRole',
          input: JSON.stringify({ check: 'begun', workload: name, scheduledFor: '<aws.scheduler.scheduled-time>' }),
          ...{ maximumAge: 600, attempts: 5 },
        }),
      ];
    }),
  );
}

/** The same, so many minutes later; on the next day where that is past midnight. */
function later({ act, time, days }: Weekly, minutes: number): Weekly {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const at = hour * 60 + minute + minutes;
  const two = (number: number) => String(number).padStart(2, '0');
  return {
    act,
    time: `${two(Math.floor(at / 60) % 24)}:${two(at % 60)}`,
    days: at < 24 * 60 ? days : days.map((day) => (day % 7) + 1).sort(),
  };
}

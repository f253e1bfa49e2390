import { isWarning, serviceOfAlarm } from '../alarms/names.ts';
import { isQueueWarning, queueOfAlarm } from '../alarms/queue-names.ts';
import type { CompiledStage, Kind } from '../stage/compiled.ts';
import { wallTime } from '../time/wall-clock.ts';
import { wordsOf } from '../words/words.ts';
import { alarmLink, dashboardLink, labelled, queuesDashboardLink } from './links.ts';
import type { Notice } from './notice.ts';

/** What CloudWatch itself publishes when an alarm changes its state. */
export interface Alarm {
  AlarmName: string;
  AlarmDescription?: string | null;
  /** `ALARM`, `OK` or `INSUFFICIENT_DATA`: what cannot tell never counts as healthy. */
  NewStateValue: string;
  NewStateReason: string;
  StateChangeTime: string;
}

/** An alarm of CloudWatch in our form: what it describes and why it changed are AWS's words, or the alarm's author's. */
export function alarmNotice(alarm: Alarm, stage: CompiledStage): Notice {
  const { AlarmName, AlarmDescription, NewStateValue, NewStateReason, StateChangeTime } = alarm;
  const { own, links } = wordsOf(stage);
  const isOver = NewStateValue === 'OK';
  const of = subjectOf(AlarmName, stage);
  const found = [
    ...(of ? labelled(links.dashboard, of.dashboard) : []),
    ...labelled(links.alarm, alarmLink(AlarmName, stage.region)),
  ];
  return {
    id: `${AlarmName} ${NewStateValue} ${StateChangeTime}`,
    at: wallTime(new Date(StateChangeTime).getTime(), stage.timezone),
    stage: stage.stage,
    workload: of?.workload ?? 'lamplighter',
    ...(of?.kind && { kind: of.kind }),
    severity: isOver ? 'success' : of?.isWarning ? 'warning' : 'critical',
    title: own.alarm(AlarmName, NewStateValue),
    lines: [...(AlarmDescription ? [AlarmDescription] : []), NewStateReason],
    ...(found.length > 0 && { links: found }),
    cause: AlarmName,
    state: isOver ? 'resolved' : 'open',
  };
}

/** What an alarm is about, where it is a service or a queue of the stage. */
function subjectOf(
  alarm: string,
  { stage, region }: CompiledStage,
): { workload: string; kind?: Kind; isWarning: boolean; dashboard: string | undefined } | undefined {
  const service = serviceOfAlarm(stage, alarm);
  if (service)
    return {
      workload: service.service,
      isWarning: isWarning(service.alarm),
      dashboard: dashboardLink(stage, region),
    };
  const queue = queueOfAlarm(stage, alarm);
  return (
    queue && {
      workload: queue.queue,
      kind: 'queue',
      isWarning: isQueueWarning(queue.alarm),
      dashboard: queuesDashboardLink(stage, region),
    }
  );
}

import { isWarning, serviceOfAlarm } from '../alarms/names.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import { wallTime } from '../time/wall-clock.ts';
import { wordsOf } from '../words/words.ts';
import { alarmLink, dashboardLink, labelled } from './links.ts';
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
  const of = serviceOfAlarm(stage.stage, AlarmName);
  const found = [
    ...(of ? labelled(links.dashboard, dashboardLink(stage.stage, stage.region)) : []),
    ...labelled(links.alarm, alarmLink(AlarmName, stage.region)),
  ];
  return {
    id: `${AlarmName} ${NewStateValue} ${StateChangeTime}`,
    at: wallTime(new Date(StateChangeTime).getTime(), stage.timezone),
    stage: stage.stage,
    workload: of?.service ?? 'lamplighter',
    severity: isOver ? 'success' : of && isWarning(of.alarm) ? 'warning' : 'critical',
    title: own.alarm(AlarmName, NewStateValue),
    lines: [...(AlarmDescription ? [AlarmDescription] : []), NewStateReason],
    ...(found.length > 0 && { links: found }),
    cause: AlarmName,
    state: isOver ? 'resolved' : 'open',
  };
}

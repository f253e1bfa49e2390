import { type ServiceAlarm, STARTS_RECOVERY, serviceOfAlarm } from '../alarms/names.ts';

/** A change of an alarm, as far as a recovery goes by it. */
export interface AlarmEvent {
  detail: { alarmName: string; state: { value: string; reason?: string; timestamp: string } };
}

/** What an alarm asks for: to look whether a service is to be recovered. */
export interface Asked {
  service: string;
  alarm: ServiceAlarm;
  /** When the alarm changed, by CloudWatch's clock. */
  at: string;
  reason: string;
  /** The same however often the event is delivered. */
  id: string;
}

/** What an event asks for; undefined where it asks for nothing: another alarm, one that is over, or data that is missing. */
export function askedBy(stage: string, { detail }: AlarmEvent): Asked | undefined {
  const of = serviceOfAlarm(stage, detail.alarmName);
  if (!of || !STARTS_RECOVERY.includes(of.alarm) || detail.state.value !== 'ALARM') return undefined;
  // CloudWatch writes +0000, which not every reader of dates takes.
  const at = new Date(detail.state.timestamp.replace(/\+0000$/, 'Z')).toISOString();
  return { ...of, at, reason: detail.state.reason ?? '', id: `${detail.alarmName} ${at}` };
}

/** Of two askings the one that tells of now: events may overtake each other. */
export function isNewer(one: Asked, other: Asked): boolean {
  return one.at > other.at;
}

import type { Alarm } from './delivered.ts';
import type { Notice } from './notices.ts';
import type { CompiledStage } from './stage/compiled.ts';

export function alarmNotice(alarm: Alarm, { stage }: CompiledStage): Notice {
  const { AlarmName, AlarmDescription, NewStateValue, NewStateReason, StateChangeTime } = alarm;
  return {
    id: `${AlarmName} ${NewStateValue} ${StateChangeTime}`,
    at: new Date(StateChangeTime).toISOString(),
    stage,
    workload: 'lamplighter',
    severity: NewStateValue === 'OK' ? 'success' : 'critical',
    title: `${AlarmName} is ${NewStateValue}`,
    lines: [...(AlarmDescription ? [AlarmDescription] : []), NewStateReason],
    cause: AlarmName,
    state: NewStateValue === 'OK' ? 'resolved' : 'open',
  };
}

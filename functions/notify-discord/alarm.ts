import type * as z from 'zod/mini';
import type { Notice } from '../../shared/notices.ts';
import type { message } from './contract.ts';

/** A message of the topic as a notice: ours as they are, an alarm of CloudWatch in our form. */
export function asNotice(found: z.output<typeof message>, stage: string): Notice {
  if (!('AlarmName' in found)) return found;
  const { AlarmName, AlarmDescription, NewStateValue, NewStateReason, StateChangeTime } = found;
  return {
    id: `${AlarmName} ${NewStateValue} ${StateChangeTime}`,
    at: new Date(StateChangeTime).toISOString(),
    stage,
    workload: 'lamplighter',
    severity: NewStateValue === 'OK' ? 'success' : 'critical',
    title: `${AlarmName} is ${NewStateValue}`,
    lines: [...(AlarmDescription ? [AlarmDescription] : []), NewStateReason],
  };
}

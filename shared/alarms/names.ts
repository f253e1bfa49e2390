/** The alarms of a service: what they look at is in `resources/watching/alarms.ts`. */
export const ALARMS = ['status-check', 'cpu', 'memory', 'disk', 'missing-data'] as const;

export type ServiceAlarm = (typeof ALARMS)[number];

/**
 * After these a recovery looks from outside whether anything is to be recovered. Not after missing data: what cannot be seen
 * is told to people, and never recovered.
 */
export const STARTS_RECOVERY: readonly ServiceAlarm[] = ['status-check', 'cpu', 'memory', 'disk'];

/** The alarm before the service, so that a rule finds all of one sort by how their names begin. */
export function alarmName(stage: string, service: string, alarm: ServiceAlarm): string {
  return `${alarmPrefix(stage, alarm)}${service}`;
}

export function alarmPrefix(stage: string, alarm: ServiceAlarm): string {
  return `lamplighter-${stage}-${alarm}-`;
}

/** What people may look at tomorrow: the service may well be up. */
export function isWarning(alarm: ServiceAlarm): boolean {
  return alarm === 'cpu' || alarm === 'memory' || alarm === 'disk';
}

export function dashboardName(stage: string): string {
  return `lamplighter-${stage}`;
}

/** Which service an alarm is about; undefined where it is none of these. */
export function serviceOfAlarm(stage: string, name: string): { service: string; alarm: ServiceAlarm } | undefined {
  const alarm = ALARMS.find((one) => name.startsWith(alarmPrefix(stage, one)));
  return alarm && { service: name.slice(alarmPrefix(stage, alarm).length), alarm };
}
